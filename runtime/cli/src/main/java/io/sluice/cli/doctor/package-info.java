/** What {@code sluice doctor} looks at, and how it tells. */
@NullMarked
package io.sluice.cli.doctor;

import org.jspecify.annotations.NullMarked;
