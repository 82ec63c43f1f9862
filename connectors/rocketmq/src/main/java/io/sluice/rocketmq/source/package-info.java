/** Reading: one pull ring for each queue, in order, by offset. */
@NullMarked
package io.sluice.rocketmq.source;

import org.jspecify.annotations.NullMarked;
