/**
 * Which of a topic's queues a flow reads: members of a consumer group share them out, and the
 * source broker's queue locks give each one owner.
 */
@NullMarked
package io.sluice.rocketmq.ownership;

import org.jspecify.annotations.NullMarked;
