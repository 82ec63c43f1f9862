/** Events of a bus, put on it again. */
@NullMarked
package io.sluice.cli.replay;

import org.jspecify.annotations.NullMarked;
