/**
 * Clock, timers and executor as one thing that is passed in, so that tests and simulations can move
 * time.
 */
@NullMarked
package io.sluice.sdk.time;

import org.jspecify.annotations.NullMarked;
