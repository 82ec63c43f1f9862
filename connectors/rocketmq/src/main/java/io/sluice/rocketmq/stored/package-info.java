/**
 * Messages as RocketMQ stores them and a PULL answers them: bytes, looked at and never decoded
 * whole.
 */
@NullMarked
package io.sluice.rocketmq.stored;

import org.jspecify.annotations.NullMarked;
