/**
 * A seeded, single-threaded world around the real engine: sources, a target, a store and time that
 * do whatever their contracts allow, and a checker of the invariants.
 */
@NullMarked
package io.sluice.engine.simulation;

import org.jspecify.annotations.NullMarked;
