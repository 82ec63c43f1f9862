package io.sluice.engine.delivery;

import io.sluice.sdk.record.Record;
import java.util.Optional;
import java.util.function.Function;

/** Which records of a partition are in order with each other (I4). */
interface RecordOrder {
  /** All of them. */
  RecordOrder PARTITION = (consignment, record) -> Optional.of("");

  /** Those that are written with the same sharding key, as RocketMQ names it. */
  RecordOrder SHARDING_KEY = (consignment, record) -> record.systemProperty("__SHARDINGKEY");

  /** Those to which the source gave the same key. */
  static RecordOrder by(Function<Record, Optional<String>> key) {
    return (consignment, record) -> consignment.key(record.position(), key);
  }

  /**
   * What a record has in common with those that it is in order with; empty if with none.
   *
   * @param consignment that holds it
   */
  Optional<String> key(Consignment consignment, Record record);
}
