package io.sluice.engine.delivery;

import io.sluice.sdk.record.Record;
import java.util.Optional;

/** Which records of a partition are in order with each other (I4). */
enum RecordOrder {
  /** All of them. */
  PARTITION {
    @Override
    Optional<String> key(Record record) {
      return Optional.of("");
    }
  },

  /** Those with the same sharding key. */
  SHARDING_KEY {
    @Override
    Optional<String> key(Record record) {
      return record.systemProperty(PROPERTY);
    }
  };

  /** RocketMQ's name for what ordered messages have in common. */
  private static final String PROPERTY = "__SHARDINGKEY";

  /** What a record has in common with those that it is in order with; empty if with none. */
  abstract Optional<String> key(Record record);
}
