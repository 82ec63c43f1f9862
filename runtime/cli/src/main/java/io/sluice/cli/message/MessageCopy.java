package io.sluice.cli.message;

import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import java.util.Set;
import java.util.function.Predicate;

/** Messages as their senders made them, to be sent once more. */
public final class MessageCopy {
  private static final Set<String> OF_SENDER = Set.of("TAGS", "KEYS", "UNIQ_KEY", "__SHARDINGKEY");

  private MessageCopy() {}

  /**
   * A copy of a record: with what its sender said of it, and without what brokers added.
   *
   * @param kept names of the user properties that it keeps
   */
  public static DetachedRecord.Builder of(Record record, String topic, Predicate<String> kept) {
    byte[] body = new byte[record.body().remaining()];
    record.body().get(body);
    DetachedRecord.Builder copy =
        DetachedRecord.builder(topic, record.position())
            .flag(record.flag())
            .bornAt(record.bornAt())
            .storedAt(record.storedAt())
            .body(body);
    record.forEachUserProperty(
        (name, value) -> {
          if (kept.test(name)) {
            copy.userProperty(name, value);
          }
        });
    record.forEachSystemProperty(
        (name, value) -> {
          if (OF_SENDER.contains(name)) {
            copy.systemProperty(name, value);
          }
        });
    return copy;
  }
}
