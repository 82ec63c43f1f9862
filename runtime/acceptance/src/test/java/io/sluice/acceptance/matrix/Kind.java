package io.sluice.acceptance.matrix;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A kind of message, as applications know it. */
enum Kind {
  NORMAL(1, "Normal", "Tag, keys and user properties as a consumer sees them."),
  ORDERED(
      12,
      "FIFO, or ordered by sharding key",
      "Messages of one key stand in one queue, in order. By gRPC that takes a consumer group that"
          + " consumes in order. A target topic of type FIFO takes no batches by remoting through the"
          + " proxy ([why](rocketmq.md#by-remoting-through-the-proxy)); of type MIXED, as here, it"
          + " does."),
  DELAY_LEVEL(
      1,
      "Delayed by a level",
      "The source delivers the message when it is due, and only then it can be read. The copy is not"
          + " delayed again."),
  DELAY_TIME(
      1, "Delayed to any time", "The same; brokers of 4.x know no times other than the levels."),
  TRANSACTION(
      1,
      "Transactional",
      "Of a committed, a rolled back and a pending one the first crosses, as an ordinary message."),
  ZLIB(1, "Compressed with zlib", "A body stays as it was compressed, except by gRPC."),
  LZ4(
      1,
      "Compressed with LZ4",
      "The same, if consumers of the target's version can inflate it, which those before 4.9.4"
          + " cannot."),
  ZSTD(1, "Compressed with Zstandard", "The same."),
  BATCH(
      3,
      "Sent as a batch",
      "Each message crosses by itself. So does what a topic of type BatchCQ keeps as one record, by"
          + " remoting (`InnerBatchesTest`)."),
  REQUEST(
      1,
      "Request of request and reply",
      "It crosses as an ordinary message. Replies go from broker to client and stand in no topic: a"
          + " consumer of the copy cannot reply to who asked at the source."),
  RETRY(
      1,
      "To be consumed again",
      "The topic `%RETRY%GROUP` can be the source of a flow: a message in it crosses when its next"
          + " attempt is due. It is left alone as long as no flow names it. Retries are counted anew."),
  DEAD_LETTER(
      1,
      "Dead letters",
      "The topic `%DLQ%GROUP` likewise. On 4.x it can be read once somebody has allowed it (`mqadmin"
          + " updateTopicPerm`).");

  /** Of the source, for kinds that consumers do not bring about. */
  static final String TOPIC = "kinds";

  private final int count;
  private final String title;
  private final String words;

  Kind(int count, String title, String words) {
    this.count = count;
    this.title = title;
    this.words = words;
  }

  /** Those that the clients of a version can write. */
  static List<Kind> of(String version) {
    return Arrays.stream(values()).filter(kind -> kind.isKnownTo(version)).toList();
  }

  /** Whether the clients of a version can write it. */
  boolean isKnownTo(String version) {
    return switch (this) {
      case DELAY_TIME -> version.startsWith("5");
      case LZ4, ZSTD -> !version.equals("4.8.0");
      default -> true;
    };
  }

  /** How many messages of it can be read in the end. */
  int count() {
    return count;
  }

  /** The source topic in which messages of it are looked for. */
  String topic() {
    return switch (this) {
      case RETRY -> "%RETRY%GID_" + key();
      case DEAD_LETTER -> "%DLQ%GID_" + key();
      default -> TOPIC;
    };
  }

  String title() {
    return title;
  }

  /** What there is to say about all copies of it. */
  String words() {
    return words;
  }

  /** As the writing program, and the property {@code kind} of its messages, have it. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
