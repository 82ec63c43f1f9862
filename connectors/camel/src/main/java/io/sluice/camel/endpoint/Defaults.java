package io.sluice.camel.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Options that endpoints have unless a flow says otherwise, where Camel's defaults do not serve.
 */
final class Defaults {
  /** Whether camel-rocketmq ends an exchange with the broker's answer, and not before. */
  static final String WAIT = "waitForSendResult";

  private static final Map<String, Map<String, String>> BY_COMPONENT =
      Map.of(
          RocketMq.COMPONENT,
          Map.of(WAIT, "true"),
          // A stack trace is nothing for a caller.
          "netty-http",
          Map.of("muteException", "true"));

  private Defaults() {}

  /** All options of an endpoint. */
  static Map<String, Object> filledIn(EndpointAddress address) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.putAll(BY_COMPONENT.getOrDefault(address.component(), Map.of()));
    options.putAll(EventAddress.defaults(address));
    options.putAll(address.options());
    return options;
  }
}
