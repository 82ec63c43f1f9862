package io.sluice.rocketmq.filter;

import io.sluice.rocketmq.stored.StoredMessages;
import io.sluice.sdk.batch.Selection;

/** What a subscription asks brokers to let through. Immutable. */
public sealed interface BrokerFilter permits TagExpression, SqlExpression {

  /** All messages. */
  BrokerFilter ALL = TagExpression.parse("*");

  /** Whether it lets every message through, also those without a tag. */
  boolean matchesAll();

  /** Of what a broker let through: what belongs to the subscription. */
  Selection select(StoredMessages messages);

  /** RocketMQ's name of the kind of expression. */
  String type();

  /** The expression as brokers take it. */
  String text();
}
