package io.sluice.rocketmq;

import io.sluice.sdk.error.ErrorCode;

/** What can be wrong with messages in RocketMQ's formats, and with expressions over them. */
public enum FormatError implements ErrorCode {
  CORRUPT_RECORD(
      "rocketmq.corrupt-record",
      Category.RUNTIME,
      "The source broker answered with bytes that are not messages in store format.",
      "Look for disk or network faults at the source broker. If one message is damaged there, move"
          + " the flow's position past it."),
  RECORD_TOO_LARGE(
      "rocketmq.record-too-large",
      Category.RUNTIME,
      "A record's body or properties are larger than the target broker takes.",
      "Raise maxMessageSize on the target broker and in the sink, or filter such records out."),
  BAD_PROPERTY(
      "rocketmq.bad-property",
      Category.RUNTIME,
      "A record has a property that cannot be written to RocketMQ.",
      "Rename or remove the property before the sink: names are not empty, neither names nor values"
          + " hold the characters U+0001 and U+0002, and names of control properties are taken."),
  BAD_TAG_EXPRESSION(
      "rocketmq.bad-tag-expression",
      Category.VALIDATION,
      "The tag expression cannot be understood.",
      "Write one tag, several as in 'paid || refunded', or '*' for all."),
  BAD_SQL_EXPRESSION(
      "rocketmq.bad-sql-expression",
      Category.VALIDATION,
      "The SQL expression of a source cannot be understood, is missing, or does not belong.",
      "With `filterType: SQL92` write `filterSql`, a condition over user properties such as"
          + " amount > 10 AND region IN ('eu', 'us'), and no `tag`.");

  private final Description description;

  FormatError(String id, Category category, String meaning, String remedy) {
    this.description = new Description(id, category, meaning, remedy);
  }

  @Override
  public Description description() {
    return description;
  }
}
