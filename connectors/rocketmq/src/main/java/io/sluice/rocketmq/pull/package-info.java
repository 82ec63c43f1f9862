/** Pulls by offset, undecoded and without state at the broker. */
@NullMarked
package io.sluice.rocketmq.pull;

import org.jspecify.annotations.NullMarked;
