package io.sluice.rocketmq.filter;

import static io.sluice.rocketmq.stored.Messages.message;
import static io.sluice.rocketmq.stored.Messages.properties;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.rocketmq.FormatError;
import io.sluice.rocketmq.stored.StoreBytes;
import io.sluice.rocketmq.stored.StoredChunk;
import io.sluice.rocketmq.stored.StoredMessages;
import io.sluice.sdk.batch.Selection;
import io.sluice.sdk.error.SluiceException;
import java.util.ArrayList;
import java.util.List;
import org.apache.rocketmq.remoting.protocol.filter.FilterAPI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagExpressionTest {

  private static List<Integer> selected(String expression, String... propertyStrings) {
    List<byte[]> stored = new ArrayList<>();
    for (int i = 0; i < propertyStrings.length; i++) {
      stored.add(new StoreBytes(false).of(message(i, propertyStrings[i])));
    }
    StoredChunk chunk = StoredChunk.of(StoreBytes.concat(stored));
    Selection selection = TagExpression.parse(expression).select(StoredMessages.of(List.of(chunk)));
    List<Integer> indexes = new ArrayList<>();
    for (int index = selection.next(0); index >= 0; index = selection.next(index + 1)) {
      indexes.add(index);
    }
    return indexes;
  }

  @Test
  void letsThroughItsTagsAndNothingElse() {
    assertThat(
            selected(
                "paid || refunded",
                properties("TAGS", "paid"),
                properties("TAGS", "paid2"),
                properties("a", "b", "TAGS", "refunded", "KEYS", "paid"),
                properties("TAGS", "pai"),
                properties("KEYS", "paid"),
                "",
                properties("TAGS", "Paid")))
        .containsExactly(0, 2);
  }

  @Test
  void refusesAStrangerWithTheSameHash() {
    assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
    assertThat(selected("Aa", properties("TAGS", "BB"), properties("TAGS", "Aa")))
        .containsExactly(1);
  }

  @Test
  void comparesTagsOfAnyScript() {
    assertThat(selected("已付款", properties("TAGS", "已付款"), properties("TAGS", "已退款")))
        .containsExactly(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", " * ", "", "  "})
  void allMeansAllEvenWithoutATag(String expression) {
    assertThat(selected(expression, "", properties("TAGS", "x"))).containsExactly(0, 1);
    assertThat(TagExpression.parse(expression).matchesAll()).isTrue();
    assertThat(TagExpression.parse(expression).text()).isEqualTo("*");
  }

  @Test
  void isWrittenAsBrokersTakeIt() throws Exception {
    TagExpression expression = TagExpression.parse(" b||a  ||b ");

    assertThat(expression.text()).isEqualTo("b || a");
    assertThat(FilterAPI.buildSubscriptionData("t", expression.text()).getTagsSet())
        .containsExactlyInAnyOrder("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a ||", "|| a", "a || || b", "||", "a || *", "a | b", "a|||b"})
  void refusesWhatMeansSomethingElseToABroker(String expression) {
    assertThatExceptionOfType(SluiceException.class)
        .isThrownBy(() -> TagExpression.parse(expression))
        .satisfies(e -> assertThat(e.code()).isEqualTo(FormatError.BAD_TAG_EXPRESSION))
        .withMessageContaining(expression);
  }
}
