package io.sluice.flows.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RuleSetTest {
  private static final int SETS = 100;
  private static final int BODIES = 30;

  private final Map<String, Optional<EventPattern>> rules = new LinkedHashMap<>();

  @Test
  void findsWhatANaiveMatcherFindsRuleByRule() {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    System.out.println("seed of rule sets: -Dsluice.seed=" + seed);
    RandomPatterns random = new RandomPatterns(seed);
    Random sizes = new Random(seed);
    int matching = 0;

    for (int round = 0; round < SETS; round++) {
      Map<String, ObjectNode> patterns = new LinkedHashMap<>();
      for (int rule = 1 + sizes.nextInt(40); rule > 0; rule--) {
        patterns.put("rule" + rule, sizes.nextBoolean() ? random.pattern() : random.valuePattern());
      }
      RuleSet set = set(patterns);
      for (int event = 0; event < BODIES; event++) {
        ObjectNode body = random.body();
        List<String> expected = new ArrayList<>();
        patterns.forEach(
            (name, pattern) -> {
              if (NaiveMatcher.matches(pattern, body)) {
                expected.add(name);
              }
            });
        matching += expected.size();

        assertThat(set.matching(record(body.toString())))
            .as("seed %d, round %d: %s on %s", seed, round, patterns, body)
            .isEqualTo(expected);
      }
    }
    assertThat(matching).as("matches are common").isGreaterThan(SETS * BODIES);
  }

  private static RuleSet set(Map<String, ObjectNode> patterns) {
    Map<String, Optional<EventPattern>> rules = new LinkedHashMap<>();
    patterns.forEach(
        (name, pattern) ->
            rules.put(
                name, Optional.of(Patterns.compile("{\"data\":{\"body\":" + pattern + "}}"))));
    return RuleSet.of(rules, Patterns.SOURCE);
  }

  @Test
  void namesTheRulesInTheirOrder() {
    rule("third", "{'data':{'topic':['orders']}}");
    rules.put("second", Optional.empty());
    rule("first", "{'data':{'body':{'a':[1]}}}");
    rule("other", "{'data':{'body':{'a':[2]}}}");

    assertThat(matching("{\"a\":1}")).containsExactly("third", "second", "first");
  }

  @Test
  void aRuleWithoutAPatternMatchesEverything() {
    rules.put("all", Optional.empty());

    assertThat(matching("no JSON")).containsExactly("all");
  }

  @Test
  void noRulesMatchNothing() {
    assertThat(matching("{}")).isEmpty();
  }

  @Test
  void whatOneRuleAsksTheBodyForDoesNotChangeItForOthers() {
    rule("presence", "{'data':{'body':{'a':[{'exists':true}]}}}");
    rule("null", "{'data':{'body':{'a':[null]}}}");
    rule("text", "{'data':{'body':[{'prefix':'['}]}}");
    rule("item", "{'data':{'body':['x']}}");

    assertThat(matching("{\"a\":{\"b\":1}}")).containsExactly("presence");
    assertThat(matching("[\"x\"]")).containsExactly("text");
  }

  @Test
  void manyRulesWithNegatedWildcardsKeepApart() {
    for (int rule = 0; rule < 20; rule++) {
      rule("r" + rule, "{'data':{'body':{'a':[{'anything-but':{'wildcard':'" + rule + "x*'}}]}}}");
    }

    assertThat(matching("{\"a\":\"7xy\"}")).hasSize(19).doesNotContain("r7");
  }

  private void rule(String name, String pattern) {
    rules.put(name, Optional.of(Patterns.compile(pattern.replace('\'', '"'))));
  }

  private List<String> matching(String body) {
    return RuleSet.of(rules, Patterns.SOURCE).matching(record(body));
  }

  private static Record record(String body) {
    return DetachedRecord.builder("orders", new Position(1))
        .body(body.getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
