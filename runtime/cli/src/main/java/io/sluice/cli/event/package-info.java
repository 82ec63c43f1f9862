/** Events on their way to a bus. */
@NullMarked
package io.sluice.cli.event;

import org.jspecify.annotations.NullMarked;
