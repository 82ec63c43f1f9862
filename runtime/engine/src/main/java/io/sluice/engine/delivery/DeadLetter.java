package io.sluice.engine.delivery;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/**
 * A record that is given up, as the dead-letter queue takes it: body, keys, tag, sharding key,
 * message ID and user properties as the source gave them, and properties that say what happened.
 */
public final class DeadLetter {
  /** What all names of the added properties begin with. */
  public static final String PREFIX = "EB_";

  public static final String FLOW = PREFIX + "FLOW";
  public static final String RULE = PREFIX + "RULE";
  public static final String TARGET = PREFIX + "TARGET";
  public static final String CODE = PREFIX + "ERROR_CODE";
  public static final String MESSAGE = PREFIX + "ERROR_MESSAGE";
  public static final String ATTEMPTS = PREFIX + "RETRY_ATTEMPTS";
  public static final String EXHAUSTED = PREFIX + "EXHAUSTED_RETRY_CONDITION";
  public static final String TOPIC = PREFIX + "SRC_TOPIC";
  public static final String QUEUE = PREFIX + "SRC_QUEUE";
  public static final String OFFSET = PREFIX + "SRC_OFFSET";
  public static final String FIRST_FAILURE = PREFIX + "FIRST_FAILURE";
  public static final String LAST_FAILURE = PREFIX + "LAST_FAILURE";

  /** Of the messaging system's properties, those that the sender gave the record. */
  private static final Set<String> KEPT = Set.of("TAGS", "KEYS", "UNIQ_KEY", "__SHARDINGKEY");

  private static final int LONGEST_MESSAGE = 1_000;

  private DeadLetter() {}

  /**
   * The dead letter of a record, as a batch of its own.
   *
   * @param offered the batch as the source offered it
   * @param record one of its records
   */
  static Batch of(String flow, String target, Batch offered, Record record, Failure failure) {
    DetachedRecord.Builder letter =
        DetachedRecord.builder(record.topic(), record.position())
            .flag(record.flag())
            .bornAt(record.bornAt())
            .storedAt(record.storedAt())
            .body(bytes(record.body()));
    record.forEachUserProperty(letter::userProperty);
    record.forEachSystemProperty(
        (name, value) -> {
          if (KEPT.contains(name)) {
            letter.systemProperty(name, value);
          }
        });
    letter
        .userProperty(FLOW, flow)
        .userProperty(RULE, flow)
        .userProperty(TARGET, target)
        .userProperty(CODE, failure.reason().code().id())
        .userProperty(MESSAGE, printable(failure.reason().message()))
        .userProperty(ATTEMPTS, Integer.toString(failure.attempts()))
        .userProperty(TOPIC, record.topic())
        .userProperty(QUEUE, offered.partition().name())
        .userProperty(OFFSET, record.position().toString())
        .userProperty(FIRST_FAILURE, failure.first().toString())
        .userProperty(LAST_FAILURE, failure.last().toString());
    failure.exhausted().ifPresent(cap -> letter.userProperty(EXHAUSTED, cap.toString()));
    return Batch.of(
            offered.partition(),
            record.position(),
            record.position().plus(1),
            new RecordPayload(List.of(letter.build())))
        .under(offered.lease());
  }

  private static byte[] bytes(ByteBuffer body) {
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    return bytes;
  }

  /** Messages of other systems may hold what properties cannot. */
  private static String printable(String message) {
    String clean = message.replaceAll("\\p{Cntrl}", " ");
    return clean.length() <= LONGEST_MESSAGE ? clean : clean.substring(0, LONGEST_MESSAGE);
  }
}
