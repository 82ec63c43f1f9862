package io.sluice.rocketmq.transcode;

/** Shows the records of one payload, one at a time, as the parts of a batch's envelope. */
interface RecordWriter {

  /** Shows the record of an index: the shown one, or a later one. */
  void moveTo(int index);

  /** Its position. */
  long offset();

  /** The bits of {@code sysFlag} that say how the body is compressed. */
  int compression();

  /** When its sender made it, in milliseconds. */
  long bornMillis();

  /** The application's flag. */
  int flag();

  /** Bytes of the body, as sent. */
  int bodyLength();

  /** Copies the body. */
  void writeBody(byte[] target, int at);

  /** So many bytes, or fewer, are written by {@link #writeProperties}. */
  int propertiesBound();

  /**
   * Writes the property string, and answers where it ends, or {@link PropertyWriter#ECHO} if the
   * record is not to be sent.
   */
  int writeProperties(byte[] target, int at);

  /** Whether the properties just written left no room for the origin. */
  boolean leftUnstamped();
}
