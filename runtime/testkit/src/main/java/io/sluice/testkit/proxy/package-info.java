/**
 * A TCP proxy between clients and one RocketMQ instance, with faults: latency, limits, cuts,
 * silence and lost answers, without privileges and without kernel modules.
 */
@NullMarked
package io.sluice.testkit.proxy;

import org.jspecify.annotations.NullMarked;
