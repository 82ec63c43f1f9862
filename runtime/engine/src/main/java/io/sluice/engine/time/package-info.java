/** Real time and real threads. */
@NullMarked
package io.sluice.engine.time;

import org.jspecify.annotations.NullMarked;
