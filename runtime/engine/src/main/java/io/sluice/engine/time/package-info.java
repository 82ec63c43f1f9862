/** Tasks in turn. */
@NullMarked
package io.sluice.engine.time;

import org.jspecify.annotations.NullMarked;
