package io.sluice.rocketmq.filter;

import io.sluice.rocketmq.FormatError;
import io.sluice.rocketmq.stored.StoredMessages;
import io.sluice.sdk.batch.Selection;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import org.apache.rocketmq.common.filter.ExpressionType;
import org.apache.rocketmq.filter.expression.MQFilterException;
import org.apache.rocketmq.filter.parser.SelectorParser;

/**
 * A condition over user properties in RocketMQ's SQL92. Brokers evaluate it exactly, so that
 * nothing is left to be done here. Immutable.
 */
public final class SqlExpression implements BrokerFilter {
  private final String text;

  private SqlExpression(String text) {
    this.text = text;
  }

  /**
   * Reads an expression with the parser that brokers have.
   *
   * @throws SluiceException {@code rocketmq.bad-sql-expression}
   */
  public static SqlExpression parse(String text) {
    try {
      SelectorParser.parse(text);
    } catch (MQFilterException | RuntimeException unreadable) {
      throw new SluiceException(
          FormatError.BAD_SQL_EXPRESSION,
          "SQL expression '" + text + "' cannot be read: " + firstLine(unreadable),
          Location.NONE);
    }
    return new SqlExpression(text);
  }

  private static String firstLine(Exception failure) {
    return String.valueOf(failure.getMessage()).strip().lines().findFirst().orElse("");
  }

  @Override
  public boolean matchesAll() {
    return false;
  }

  @Override
  public Selection select(StoredMessages messages) {
    return Selection.all(messages.count());
  }

  @Override
  public String type() {
    return ExpressionType.SQL92;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
