/** Writes each record to the topic that it names. */
@NullMarked
package io.sluice.rocketmq.topics;

import org.jspecify.annotations.NullMarked;
