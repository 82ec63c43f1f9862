package io.sluice.sdk.record;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

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
  SHARDING_KEY("shardingKey"),
  /**
   * The topic that it goes to. Only a sink gives it, and where its block has a text in its place,
   * all records go to that topic.
   */
  TOPIC("topic");

  /** The parts that a message has wherever it goes: all but the topic. */
  public static final Set<RecordPart> OF_MESSAGES =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(TOPIC)));

  private final String key;

  RecordPart(String key) {
    this.key = key;
  }

  /** Its key in the block of a sink. */
  public String key() {
    return key;
  }
}
