package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Random bodies and patterns for them, from so few values that they often match. */
final class RandomPatterns {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> NUMBERS =
      List.of("0", "1", "1.0", "2.5", "-3", "300", "300.0", "3.0e2", "1000000");
  private static final List<String> ADDRESSES =
      List.of("10.0.0.1", "10.0.1.1", "192.168.0.1", "::1", "2001:db8::5");
  private static final List<String> BLOCKS =
      List.of(
          "10.0.0.0/24",
          "10.0.0.0/8",
          "192.0.0.0/2",
          "10.0.0.1",
          "10.0.1.1/32",
          "2001:db8::/32",
          "::/64");
  private static final List<String> COMPARISONS = List.of("=", "!=", "<", "<=", ">", ">=");

  private final Random random;

  RandomPatterns(long seed) {
    this.random = new Random(seed);
  }

  /** A body: fields a, b, c, where c may be a block of d and e, and ip, mostly an address. */
  ObjectNode body() {
    ObjectNode body = NODES.objectNode();
    for (String name : List.of("a", "b", "c")) {
      if (name.equals("c") && random.nextBoolean()) {
        ObjectNode block = body.putObject("c");
        block.put("x", 1);
        List.of("d", "e").forEach(inner -> maybe(block, inner));
      } else {
        maybe(body, name);
      }
    }
    if (random.nextInt(4) > 0) {
      body.set("ip", random.nextInt(6) == 0 ? value() : NODES.textNode(any(ADDRESSES)));
    }
    return body;
  }

  private void maybe(ObjectNode block, String name) {
    int choice = random.nextInt(8);
    if (choice < 5) {
      block.set(name, value());
    } else if (choice < 7) {
      ArrayNode list = block.putArray(name);
      for (int count = 1 + random.nextInt(3); count > 0; count--) {
        list.add(value());
      }
    }
  }

  private JsonNode value() {
    return switch (random.nextInt(8)) {
      case 0 -> NODES.booleanNode(random.nextBoolean());
      case 1 -> NODES.nullNode();
      case 2, 3 -> number();
      case 4 -> NODES.textNode(any(ADDRESSES));
      default -> NODES.textNode(text(0));
    };
  }

  private JsonNode number() {
    return DecimalNode.valueOf(new BigDecimal(any(NUMBERS)));
  }

  private String text(int shortest) {
    StringBuilder text = new StringBuilder();
    for (int length = shortest + random.nextInt(4 - shortest); length > 0; length--) {
      text.append(any(List.of("a", "b", "A", "*", "\\", "1", "中")));
    }
    return text.toString();
  }

  /** A pattern over some of a body's fields, now and then with alternatives. */
  ObjectNode pattern() {
    List<String> names = new ArrayList<>(List.of("a", "b", "c.d", "c.e", "ip"));
    Collections.shuffle(names, random);
    ObjectNode pattern = NODES.objectNode();
    field(pattern, names.get(0));
    if (random.nextInt(3) == 0) {
      ArrayNode branches = pattern.putArray("$or");
      field(branches.addObject(), names.get(1));
      field(branches.addObject(), names.get(2));
    } else if (random.nextBoolean()) {
      field(pattern, names.get(1));
    }
    return pattern;
  }

  /** A pattern that asks for values of one field, or how they begin. */
  ObjectNode valuePattern() {
    ObjectNode pattern = NODES.objectNode();
    ArrayNode conditions = list(pattern, any(List.of("a", "b", "c.d", "c.e")));
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      conditions.add(
          random.nextInt(3) == 0 ? operator("prefix", () -> NODES.textNode(text(1))) : value());
    }
    return pattern;
  }

  private static ArrayNode list(ObjectNode block, String name) {
    return name.startsWith("c.")
        ? block.withObject("/c").putArray(name.substring(2))
        : block.putArray(name);
  }

  private void field(ObjectNode block, String name) {
    ArrayNode conditions = list(block, name);
    boolean addresses = name.equals("ip");
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      conditions.add(addresses ? addressOrText() : condition());
    }
  }

  /** Blocks of addresses, and anything beside them. */
  private JsonNode addressOrText() {
    return switch (random.nextInt(6)) {
      case 0 -> NODES.textNode(any(ADDRESSES));
      case 3 -> condition();
      case 1 -> operator("prefix", this::affix);
      case 2 -> operator("exists", () -> NODES.booleanNode(random.nextBoolean()));
      default -> operator("cidr", () -> NODES.textNode(any(BLOCKS)));
    };
  }

  private JsonNode condition() {
    return switch (random.nextInt(13)) {
      case 0, 1 -> value();
      case 2 -> operator("prefix", this::affix);
      case 3 -> operator("suffix", this::affix);
      case 4 -> operator("contains", () -> NODES.textNode(text(1)));
      case 5 -> operator("equals-ignore-case", () -> NODES.textNode(text(1)));
      case 6 -> operator("wildcard", this::wildcard);
      case 7 -> operator("anything-but", () -> list(() -> NODES.textNode(text(0))));
      case 8 -> operator("anything-but", () -> list(this::number));
      case 9 -> operator("anything-but", this::negated);
      case 10 -> operator("numeric", this::comparison);
      case 11 -> operator("numeric", this::range);
      default -> operator("exists", () -> NODES.booleanNode(random.nextBoolean()));
    };
  }

  private JsonNode affix() {
    return random.nextBoolean()
        ? NODES.textNode(text(1))
        : operator("equals-ignore-case", () -> NODES.textNode(text(1)));
  }

  private JsonNode negated() {
    String name = any(List.of("prefix", "suffix", "contains", "equals-ignore-case", "wildcard"));
    Supplier<JsonNode> operand =
        name.equals("wildcard") ? this::wildcard : () -> NODES.textNode(text(1));
    return operator(name, () -> list(operand));
  }

  private JsonNode wildcard() {
    String text = text(1).replace("\\", "\\\\");
    return NODES.textNode(
        random.nextBoolean() ? text.replaceAll("\\*+", "*") : text.replace("*", "\\*"));
  }

  private JsonNode comparison() {
    return NODES.arrayNode().add(any(COMPARISONS)).add(number());
  }

  private JsonNode range() {
    return NODES
        .arrayNode()
        .add(any(List.of(">", ">=")))
        .add(random.nextInt(3) - 4)
        .add(any(List.of("<", "<=")))
        .add(random.nextInt(400));
  }

  /** One, or a list of one or two. */
  private JsonNode list(Supplier<JsonNode> item) {
    if (random.nextInt(3) == 0) {
      return item.get();
    }
    ArrayNode list = NODES.arrayNode().add(item.get());
    return random.nextBoolean() ? list : list.add(item.get());
  }

  private ObjectNode operator(String name, Supplier<JsonNode> operand) {
    return NODES.objectNode().set(name, operand.get());
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
