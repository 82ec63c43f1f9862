/** Which queues a topic has, and which broker holds each. */
@NullMarked
package io.sluice.rocketmq.route;

import org.jspecify.annotations.NullMarked;
