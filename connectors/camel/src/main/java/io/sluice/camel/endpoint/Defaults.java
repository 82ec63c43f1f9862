package io.sluice.camel.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Options that endpoints have unless a flow says otherwise, where Camel's defaults do not serve.
 */
final class Defaults {
  private static final String KAFKA = "kafka";

  /**
   * With options of other values, messages would count as done before they are stored. Nobody may
   * choose those.
   */
  private static final Map<String, Map<String, String>> LASTING =
      Map.of(
          // Whether camel-rocketmq ends an exchange with the broker's answer, and not before.
          RocketMq.COMPONENT,
          Map.of("waitForSendResult", "true"),
          // By default Kafka's client commits behind all that it has fetched, and Camel's component
          // goes on behind an exchange that failed. So it commits behind those that succeeded,
          // which
          // it does by itself with this one of Camel's factories only.
          KAFKA,
          Map.of(
              "autoCommitEnable",
              "false",
              "allowManualCommit",
              "true",
              "breakOnFirstError",
              "true",
              "kafkaManualCommitFactory",
              "#class:org.apache.camel.component.kafka.consumer"
                  + ".DefaultKafkaManualAsyncCommitFactory"));

  private static final Map<String, Map<String, String>> BY_COMPONENT =
      Map.of(
          // A stack trace is nothing for a caller.
          "netty-http", Map.of("muteException", "true"));

  private Defaults() {}

  /** Options that must have these values, if they are given at all. */
  static Map<String, String> lasting(EndpointAddress address) {
    return LASTING.getOrDefault(address.component(), Map.of());
  }

  /** All options of an endpoint. */
  static Map<String, Object> filledIn(EndpointAddress address) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.putAll(lasting(address));
    options.putAll(BY_COMPONENT.getOrDefault(address.component(), Map.of()));
    options.putAll(EventAddress.defaults(address));
    options.putAll(address.options());
    return options;
  }
}
