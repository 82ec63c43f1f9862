package io.sluice.rocketmq.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.rocketmq.FormatError;
import io.sluice.rocketmq.source.ConsumeOffset;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import io.sluice.sdk.error.SluiceException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlExpressionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amount > 10",
        "amount BETWEEN 1 AND 9 AND region IN ('eu', 'us')",
        "TAGS IS NOT NULL OR a = TRUE"
      })
  void understandsWhatBrokersUnderstand(String text) {
    assertThat(SqlExpression.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"amount >", "amount = 'x", "'a' > 1", ""})
  void whatBrokersWouldRefuseIsAnErrorHere(String text) {
    assertThatExceptionOfType(SluiceException.class)
        .isThrownBy(() -> SqlExpression.parse(text))
        .withMessageContaining("'" + text + "'")
        .satisfies(e -> assertThat(e.code()).isEqualTo(FormatError.BAD_SQL_EXPRESSION));
  }

  @Test
  void belongsToItsFilterTypeOnly() {
    assertThat(refused("TAG", "*", Optional.of("a > 1"))).contains("filterType: SQL92");
    assertThat(refused("SQL92", "*", Optional.empty())).contains("needs a `filterSql`");
    assertThat(refused("SQL92", "paid", Optional.of("a > 1"))).contains("TAGS = 'paid'");
  }

  private static String refused(String type, String tag, Optional<String> sql) {
    try {
      new RocketMqSourceConfiguration(
          "a",
          "t",
          Optional.empty(),
          type,
          tag,
          sql,
          ConsumeOffset.CONSUME_FROM_FIRST_OFFSET,
          Optional.empty(),
          "fail");
      return "";
    } catch (SluiceException refusal) {
      return refusal.getMessage();
    }
  }
}
