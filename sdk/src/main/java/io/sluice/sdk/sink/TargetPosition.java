package io.sluice.sdk.sink;

/**
 * A place in a partition of the target.
 *
 * @param partition name of the partition, unique within the sink; {@code topic/broker/queue} for
 *     RocketMQ
 * @param next the position after the last record that is known to be stored
 */
public record TargetPosition(String partition, long next) {
  @Override
  public String toString() {
    return partition + "@" + next;
  }
}
