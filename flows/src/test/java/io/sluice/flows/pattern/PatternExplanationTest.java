package io.sluice.flows.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.flows.pattern.PatternExplanation.Choice;
import io.sluice.flows.pattern.PatternExplanation.Condition;
import io.sluice.flows.pattern.PatternExplanation.Field;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.DetachedRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatternExplanationTest {

  private static DetachedRecord order(String body) {
    return DetachedRecord.builder("orders", new Position(0))
        .tag("paid")
        .body(body.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private static PatternExplanation explain(String pattern, String body) {
    return Patterns.compile(pattern.replace('\'', '"')).explain(order(body));
  }

  private static Field field(PatternExplanation explanation, int index) {
    return (Field) explanation.parts().get(index);
  }

  @Test
  void namesTheFieldAndTheConditionThatDoNotMatch() {
    PatternExplanation explanation =
        explain(
            "{'data':{'systemProperties':{'TAGS':['paid','refunded']},"
                + "'body':{'amount':[{'numeric':['>',100]}]}}}",
            "{\"amount\":90}");

    assertThat(explanation.matches()).isFalse();
    assertThat(explanation.matchesApart()).isFalse();
    assertThat(field(explanation, 0))
        .isEqualTo(
            new Field(
                "data.systemProperties.TAGS",
                List.of("\"paid\""),
                List.of(new Condition("\"paid\"", true), new Condition("\"refunded\"", false)),
                true));
    assertThat(field(explanation, 1))
        .isEqualTo(
            new Field(
                "data.body.amount",
                List.of("90"),
                List.of(new Condition("{\"numeric\":[\">\",100]}", false)),
                false));
  }

  @Test
  void showsThatAFieldIsNotThere() {
    PatternExplanation explanation =
        explain("{'data':{'body':{'amount':[1],'gone':[{'exists':false}]}}}", "{}");

    assertThat(field(explanation, 0).values()).isEmpty();
    assertThat(field(explanation, 0).matches()).isFalse();
    assertThat(field(explanation, 1).matches()).isTrue();
  }

  @Test
  void takesAlternativesApart() {
    PatternExplanation explanation =
        explain("{'data':{'body':{'$or':[{'a':[1]},{'b':[2],'c':[3]}]}}}", "{\"b\":2,\"c\":4}");

    Choice choice = (Choice) explanation.parts().get(0);
    assertThat(choice.matches()).isFalse();
    assertThat(choice.alternatives()).hasSize(2);
    assertThat(choice.alternatives().get(1))
        .extracting(PatternExplanation.Part::matches)
        .containsExactly(true, false);
  }

  @Test
  void saysWhenPartsMatchButNotWithinOneItem() {
    String pattern = "{'data':{'body':{'lines':{'sku':['a'],'count':[2]}}}}";

    assertThat(
            explain(
                    pattern,
                    "{\"lines\":[{\"sku\":\"a\",\"count\":1},{\"sku\":\"b\",\"count\":2}]}")
                .matchesApart())
        .isTrue();
    assertThat(explain(pattern, "{\"lines\":[{\"sku\":\"a\",\"count\":2}]}").matches()).isTrue();
  }

  @Test
  void theBodyItselfIsShownAsText() {
    assertThat(field(explain("{'data':{'body':[{'prefix':'x'}]}}", "{\"a\":1}"), 0).values())
        .containsExactly("\"{\\\"a\\\":1}\"");
  }
}
