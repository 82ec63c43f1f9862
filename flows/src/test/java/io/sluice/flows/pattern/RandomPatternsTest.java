package io.sluice.flows.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.DetachedRecord;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RandomPatternsTest {
  private static final int PATTERNS = 4_000;
  private static final int BODIES = 10;

  @Test
  void answersLikeANaiveMatcher() {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    System.out.println("seed of patterns: -Dsluice.seed=" + seed);
    RandomPatterns random = new RandomPatterns(seed);
    int matching = 0;

    for (int round = 0; round < PATTERNS; round++) {
      ObjectNode inBody = random.pattern();
      EventPattern pattern = Patterns.compile("{\"data\":{\"body\":" + inBody + "}}");
      for (int event = 0; event < BODIES; event++) {
        ObjectNode body = random.body();
        boolean expected = NaiveMatcher.matches(inBody, body);
        matching += expected ? 1 : 0;

        assertThat(pattern.test(record(body)))
            .as("seed %d, round %d: %s on %s", seed, round, inBody, body)
            .isEqualTo(expected);
      }
    }
    assertThat(matching).as("both answers are common").isBetween(4_000, 36_000);
  }

  @Test
  void findsAnEmptyTextBesideARangeAndAPrefix() {
    EventPattern pattern =
        Patterns.compile(
            """
            {"data": {"body": {"a": ["", {"numeric": [">", -4, "<", 79]}, {"prefix": "*"}]}}}
            """);

    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("a").add("10.0.1.1").add("").add(1_000_000);
    assertThat(pattern.test(record(body))).isTrue();
  }

  private static DetachedRecord record(ObjectNode body) {
    return DetachedRecord.builder("orders", new Position(1))
        .body(body.toString().getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
