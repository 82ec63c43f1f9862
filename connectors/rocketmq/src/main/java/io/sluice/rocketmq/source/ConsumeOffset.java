package io.sluice.rocketmq.source;

/** Consume positions, by the names that RocketMQ and EventBridge give them. */
public enum ConsumeOffset {
  CONSUME_FROM_LAST_OFFSET,
  CONSUME_FROM_FIRST_OFFSET,
  CONSUME_FROM_TIMESTAMP
}
