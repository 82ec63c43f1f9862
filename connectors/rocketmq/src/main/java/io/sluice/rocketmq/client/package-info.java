/** Requests to name servers and brokers, without decoding of messages. */
@NullMarked
package io.sluice.rocketmq.client;

import org.jspecify.annotations.NullMarked;
