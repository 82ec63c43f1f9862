package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What patterns mean, condition by condition, with no thought of speed: to compare with. */
final class NaiveMatcher {
  private NaiveMatcher() {}

  static boolean matches(JsonNode pattern, JsonNode event) {
    for (Map.Entry<String, JsonNode> entry : pattern.properties()) {
      boolean matches =
          entry.getKey().equals("$or")
              ? any(entry.getValue(), branch -> matches(branch, event))
              : entry.getValue().isObject()
                  ? matches(entry.getValue(), event.path(entry.getKey()))
                  : field(entry.getValue(), event.path(entry.getKey()));
      if (!matches) {
        return false;
      }
    }
    return true;
  }

  private static boolean field(JsonNode conditions, JsonNode value) {
    List<JsonNode> values = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(values::add);
    } else if (value.isValueNode() && !value.isMissingNode()) {
      values.add(value);
    }
    return any(
        conditions,
        condition ->
            condition.has("exists")
                ? condition.path("exists").asBoolean() != value.isMissingNode()
                : values.stream().anyMatch(single -> condition(condition, single)));
  }

  private static boolean condition(JsonNode condition, JsonNode value) {
    if (!condition.isObject()) {
      return same(condition, value);
    }
    String name = condition.fieldNames().next();
    JsonNode operand = condition.path(name);
    String text = value.asText();
    return switch (name) {
      case "numeric" -> value.isNumber() && inRange(operand, value);
      case "anything-but" ->
          operand.isObject()
              ? !value.isTextual() || none(operand, value)
              : !any(operand, excluded -> same(excluded, value));
      case "cidr" -> value.isTextual() && inBlock(operand.asText(), text);
      default ->
          value.isTextual()
              && (operand.isObject()
                  ? text(
                      name,
                      operand.path("equals-ignore-case").asText().toLowerCase(),
                      text.toLowerCase())
                  : text(name, operand.asText(), text));
    };
  }

  private static boolean none(JsonNode operator, JsonNode value) {
    String name = operator.fieldNames().next();
    return !any(operator.path(name), excluded -> text(name, excluded.asText(), value.asText()));
  }

  private static boolean text(String name, String operand, String text) {
    return switch (name) {
      case "prefix" -> text.startsWith(operand);
      case "suffix" -> text.endsWith(operand);
      case "contains" -> text.contains(operand);
      case "equals-ignore-case" -> text.equalsIgnoreCase(operand);
      case "wildcard" -> wildcard(operand).matcher(text).matches();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Pattern wildcard(String wildcard) {
    StringBuilder expression = new StringBuilder();
    for (int index = 0; index < wildcard.length(); index++) {
      char letter = wildcard.charAt(index);
      if (letter == '*') {
        expression.append(".*");
      } else {
        expression.append(Pattern.quote("" + (letter == '\\' ? wildcard.charAt(++index) : letter)));
      }
    }
    return Pattern.compile(expression.toString(), Pattern.DOTALL);
  }

  private static boolean same(JsonNode wanted, JsonNode value) {
    return wanted.isNumber() && value.isNumber()
        ? wanted.decimalValue().compareTo(value.decimalValue()) == 0
        : wanted.equals(value);
  }

  private static boolean inRange(JsonNode comparisons, JsonNode value) {
    for (int index = 0; index < comparisons.size(); index += 2) {
      int order = value.decimalValue().compareTo(comparisons.path(index + 1).decimalValue());
      boolean holds =
          switch (comparisons.path(index).asText()) {
            case "=" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private static boolean inBlock(String block, String text) {
    if (!text.matches("[0-9]+\\.[0-9.]+|[0-9a-f:]*:[0-9a-f:]*")) {
      return false;
    }
    String[] parts = block.split("/");
    byte[] network = address(parts[0]);
    byte[] address = address(text);
    int free =
        8 * network.length - (parts.length > 1 ? Integer.parseInt(parts[1]) : 8 * network.length);
    return network.length == address.length
        && new BigInteger(1, network)
            .shiftRight(free)
            .equals(new BigInteger(1, address).shiftRight(free));
  }

  private static byte[] address(String text) {
    try {
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static boolean any(JsonNode list, java.util.function.Predicate<JsonNode> test) {
    if (!list.isArray()) {
      return test.test(list);
    }
    for (JsonNode item : list) {
      if (test.test(item)) {
        return true;
      }
    }
    return false;
  }
}
