package io.sluice.testkit.proxy;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces the addresses of brokers in a TopicRouteData or ClusterInfo of a name server. It works
 * on the text, because its keys may be quoted or not: that depends on who asked.
 *
 * @param replacement the address to show for that of a broker, both {@code host:port}
 */
record RouteAnswers(UnaryOperator<String> replacement) {
  private static final Pattern ADDRESSES = Pattern.compile("\"brokerAddrs\"\\s*:\\s*\\{[^}]*}");
  private static final Pattern ADDRESS = Pattern.compile("\"([^\"]+:\\d+)\"");

  byte[] rewrite(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return ADDRESSES
        .matcher(text)
        .replaceAll(addresses -> Matcher.quoteReplacement(replaceIn(addresses.group())))
        .getBytes(StandardCharsets.UTF_8);
  }

  private String replaceIn(String addresses) {
    return ADDRESS
        .matcher(addresses)
        .replaceAll(
            address -> Matcher.quoteReplacement('"' + replacement.apply(address.group(1)) + '"'));
  }
}
