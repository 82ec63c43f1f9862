/** Readings that several flows share: the topic of a bus is read once for all of its targets. */
@NullMarked
package io.sluice.engine.reading;

import org.jspecify.annotations.NullMarked;
