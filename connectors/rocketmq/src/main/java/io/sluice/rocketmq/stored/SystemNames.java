package io.sluice.rocketmq.stored;

import java.util.HashSet;
import java.util.Set;
import org.apache.rocketmq.common.message.MessageConst;

/**
 * Names of the properties that RocketMQ, or Sluice itself, sets: those that RocketMQ's clients
 * refuse to applications, and those that they forget to refuse.
 */
public final class SystemNames {
  private static final Set<String> NAMES = new HashSet<>(MessageConst.STRING_HASH_SET);

  static {
    NAMES.addAll(
        Set.of(
            MessageConst.PROPERTY_TRANS_OFFSET,
            MessageConst.PROPERTY_INNER_NUM,
            MessageConst.PROPERTY_INNER_BASE,
            MessageConst.PROPERTY_INNER_MULTI_DISPATCH,
            MessageConst.PROPERTY_CHECK_IMMUNITY_TIME_IN_SECONDS,
            MessageConst.PROPERTY_TRANSACTION_ID,
            MessageConst.PROPERTY_TRANSACTION_CHECK_TIMES,
            MessageConst.PROPERTY_SHARDING_KEY,
            MessageConst.PROPERTY_FORWARD_QUEUE_ID,
            MessageConst.PROPERTY_REDIRECT,
            MessageConst.PROPERTY_TRACE_CONTEXT,
            MessageConst.PROPERTY_TIMER_ROLL_LABEL,
            MessageConst.TIMER_ENGINE_TYPE,
            "_sluice"));
  }

  private SystemNames() {}

  /** Whether the system sets the property of this name, or Sluice. */
  public static boolean contains(String name) {
    return NAMES.contains(name) || name.startsWith(MessageConst.PROPERTY_TRANSIENT_PREFIX);
  }
}
