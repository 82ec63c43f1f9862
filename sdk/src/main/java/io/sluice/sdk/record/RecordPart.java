package io.sluice.sdk.record;

/** A part of a record that a flow may make anew on the record's way to the sink. */
public enum RecordPart {
  /** The body. */
  BODY("body"),
  /** The keys, separated by spaces. */
  KEYS("keys"),
  /** The tag, which RocketMQ's interfaces name in the plural. */
  TAGS("tags"),
  /** The user properties, all together. */
  PROPERTIES("properties"),
  /** The sharding key, or message group: what ordered messages have in common. */
  SHARDING_KEY("shardingKey");

  private final String key;

  RecordPart(String key) {
    this.key = key;
  }

  /** Its key in the block of a sink. */
  public String key() {
    return key;
  }
}
