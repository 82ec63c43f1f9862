package io.sluice.flows.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ValueTreeTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int SETS = 300;
  private static final int EVENTS = 40;
  private static final List<String> FIELDS =
      List.of("a", "b", "a.a", "a.b", "b.a", "a.b.a", "a.b.b");

  /** "Aa" and "BB" have the same hash. */
  private static final List<String> TEXTS =
      List.of(
          "", "a", "ab", "abc", "abcd", "Aa", "BB", "BBc", "null", "1", "1.0", "\"", "中", "中😀");

  private static final List<String> NUMBERS =
      List.of("1", "1.0", "1e0", "300", "3.0e2", "-0.5", "12345678901234567890", "1e400", "2e400");

  @Test
  void answersLikeAMachineOfEventRuler() {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    System.out.println("seed of values: -Dsluice.seed=" + seed);
    Random random = new Random(seed);
    int matching = 0;

    for (int round = 0; round < SETS; round++) {
      List<RuleCombination> rules = rules(random);
      ValueTree tree = ValueTree.of(rules);
      SharedMachine machine = new SharedMachine(BodyView.JSON, Combination::isInBody);
      rules.forEach(rule -> machine.add(rule.rule(), rule.combination()));
      for (int event = 0; event < EVENTS; event++) {
        ObjectNode body = NODES.objectNode();
        body.putObject("data").set("body", block(random, 3));
        SortedSet<Integer> expected = new TreeSet<>();
        machine.match(body, expected);
        matching += expected.size();

        assertThat(matching(tree, body))
            .as("seed %d, round %d: %s on %s", seed, round, rules, body)
            .isEqualTo(expected);
      }
    }
    assertThat(matching).as("matches are common").isGreaterThan(SETS * EVENTS / 2);
  }

  @Test
  void leavesToMachinesWhatAsksForMoreThanAValueOfOneField() {
    assertThat(
            List.of(
                "{\"a\":[\"x\"],\"b\":[\"y\"]}",
                "{\"a\":[{\"suffix\":\"x\"}]}",
                "{\"a\":[{\"cidr\":\"10.0.0.0/8\"}]}",
                "{\"a.\":[\"x\"]}"))
        .allSatisfy(
            pattern -> assertThat(combinations(pattern)).as(pattern).noneMatch(ValueTree::takes));
  }

  private static SortedSet<Integer> matching(ValueTree tree, JsonNode event) {
    SortedSet<Integer> matching = new TreeSet<>();
    tree.match(event, matching);
    return matching;
  }

  private static List<RuleCombination> rules(Random random) {
    List<RuleCombination> rules = new ArrayList<>();
    for (int rule = random.nextInt(60); rule >= 0; rule--) {
      ObjectNode pattern = NODES.objectNode();
      ArrayNode conditions = pattern.putArray(any(FIELDS, random));
      for (int count = random.nextInt(3); count >= 0; count--) {
        conditions.add(condition(random));
      }
      for (Combination combination : combinations(pattern.toString())) {
        assertThat(ValueTree.takes(combination)).as(pattern.toString()).isTrue();
        rules.add(new RuleCombination(rule, combination));
      }
    }
    return rules;
  }

  private static List<Combination> combinations(String inBody) {
    return Patterns.compile("{\"data\":{\"body\":" + inBody + "}}").combinations();
  }

  private static JsonNode condition(Random random) {
    return random.nextInt(3) == 0
        ? NODES.objectNode().put("prefix", any(TEXTS, random))
        : single(random);
  }

  private static JsonNode single(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2, 3, 4 -> NODES.numberNode(new BigDecimal(any(NUMBERS, random)));
      default -> NODES.textNode(any(TEXTS, random));
    };
  }

  private static JsonNode block(Random random, int depth) {
    ObjectNode block = NODES.objectNode();
    for (String key : List.of("a", "b", "a.b", "b.a", "", "x")) {
      if (random.nextBoolean()) {
        block.set(key, value(random, depth));
      }
    }
    return block;
  }

  private static JsonNode value(Random random, int depth) {
    int choice = depth > 0 ? random.nextInt(5) : 0;
    if (choice < 2) {
      return single(random);
    }
    if (choice < 4) {
      return block(random, depth - 1);
    }
    ArrayNode list = NODES.arrayNode();
    for (int count = random.nextInt(4); count > 0; count--) {
      list.add(value(random, depth - 1));
    }
    return list;
  }

  private static <T> T any(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
