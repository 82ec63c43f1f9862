package io.sluice.rocketmq.source;

import io.sluice.rocketmq.FormatError;
import io.sluice.rocketmq.filter.BrokerFilter;
import io.sluice.rocketmq.filter.SqlExpression;
import io.sluice.rocketmq.filter.TagExpression;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.rocketmq.common.filter.ExpressionType;

/**
 * {@code source: {rocketmq: {…}}}. The keys are described in the schema.
 *
 * @param groupID without it nothing is committed or registered at the instance
 * @param tag what passes with filter type TAG
 * @param filterSql what passes with filter type SQL92
 * @param timestamp milliseconds or ISO-8601 with zone; only with {@link
 *     ConsumeOffset#CONSUME_FROM_TIMESTAMP}
 * @param queues how many the topic is to have at least; without it the topic must be there
 * @param reader tells this reading from others of the same topic into the same target
 */
public record RocketMqSourceConfiguration(
    String instance,
    String topic,
    Optional<String> groupID,
    String filterType,
    String tag,
    Optional<String> filterSql,
    ConsumeOffset offset,
    Optional<String> timestamp,
    String onGap,
    OptionalInt queues,
    Optional<String> reader) {

  /**
   * @throws io.sluice.sdk.error.SluiceException if filter or timestamp cannot be read
   */
  public RocketMqSourceConfiguration {
    filter(filterType, tag, filterSql);
    StartPosition.of(offset, timestamp);
    OnGap.of(onGap);
  }

  /** Of a topic that must be there. */
  public RocketMqSourceConfiguration(
      String instance,
      String topic,
      Optional<String> groupID,
      String filterType,
      String tag,
      Optional<String> filterSql,
      ConsumeOffset offset,
      Optional<String> timestamp,
      String onGap) {
    this(
        instance,
        topic,
        groupID,
        filterType,
        tag,
        filterSql,
        offset,
        timestamp,
        onGap,
        OptionalInt.empty(),
        Optional.empty());
  }

  /** What brokers are asked to let through. */
  public BrokerFilter filter() {
    return filter(filterType, tag, filterSql);
  }

  private static BrokerFilter filter(String type, String tag, Optional<String> sql) {
    TagExpression tags = TagExpression.parse(tag);
    if (!type.equals(ExpressionType.SQL92)) {
      return sql.isEmpty() ? tags : misplaced("`filterSql` needs `filterType: SQL92`");
    }
    if (!tags.matchesAll()) {
      return misplaced("with `filterType: SQL92` no `tag` is compared; write TAGS = '" + tag + "'");
    }
    return sql.isEmpty()
        ? misplaced("`filterType: SQL92` needs a `filterSql`")
        : SqlExpression.parse(sql.get());
  }

  private static BrokerFilter misplaced(String what) {
    throw new SluiceException(FormatError.BAD_SQL_EXPRESSION, what, Location.NONE);
  }

  /** Reads everything of a topic from its first or last message on, without a group. */
  public static RocketMqSourceConfiguration groupless(
      String instance, String topic, ConsumeOffset offset, Optional<String> timestamp) {
    return new RocketMqSourceConfiguration(
        instance,
        topic,
        Optional.empty(),
        "TAG",
        "*",
        Optional.empty(),
        offset,
        timestamp,
        "earliest");
  }
}
