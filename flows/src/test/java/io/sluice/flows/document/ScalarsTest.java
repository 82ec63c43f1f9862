package io.sluice.flows.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Scalar.Kind;
import io.sluice.sdk.error.Location.InFile;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarsTest {
  private static Kind kindOf(String word) {
    Kind kind = Scalars.kindOf(word);
    // Whatever is taken for a number can be computed.
    JsonTree.of(new Scalar(new InFile("f", 1, 1), kind, word, Optional.empty()));
    return kind;
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "8100", "1.5", "1e3", "-0.5E-10", "12345678901234567890"})
  void numbers(String word) {
    assertThat(kindOf(word)).isEqualTo(Kind.NUMBER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "007",
        "+1",
        "1.",
        ".5",
        "0x1F",
        "0o7",
        "1_000",
        "12:30",
        "2026-11-01",
        ".inf",
        "on",
        "yes",
        "off",
        "no",
        "y",
        "tRue",
        "1e99999999999",
        "4.x",
        "-"
      })
  void texts(String word) {
    assertThat(kindOf(word)).isEqualTo(Kind.TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "True", "FALSE"})
  void booleans(String word) {
    assertThat(kindOf(word)).isEqualTo(Kind.BOOLEAN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "NULL"})
  void nulls(String word) {
    assertThat(kindOf(word)).isEqualTo(Kind.NULL);
  }
}
