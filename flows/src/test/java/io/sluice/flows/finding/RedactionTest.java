package io.sluice.flows.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.sdk.error.Location.InFile;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** I9. */
class RedactionTest {
  private static final InFile PLACE = new InFile("flows.yaml", 1, 1);

  @Test
  void aLongValueIsTakenOutWhereverItStands() {
    Redaction redaction = redaction("${env:KEY}", "hunter22");

    assertThat(redaction.apply("xhunter22x, hunter22")).isEqualTo("x${env:KEY}x, ${env:KEY}");
  }

  @Test
  void aShortValueIsTakenOutWhereItIsAWord() {
    Redaction redaction = redaction("${env:KEY}", "abc");

    assertThat(redaction.apply("abc \"abc\" key=abc&x (abc)"))
        .isEqualTo("${env:KEY} \"${env:KEY}\" key=${env:KEY}&x (${env:KEY})");
  }

  @Test
  void aShortValueDoesNotTearWordsApart() {
    Redaction redaction = redaction("${env:KEY}", "a");

    assertThat(redaction.apply("data.body äaß a1")).isEqualTo("data.body äaß a1");
  }

  @Test
  void aDefaultThatTheFileShowsStays() {
    Redaction redaction = redaction("${env:STRICT:-true}", "true");

    assertThat(redaction.apply("strict is true")).isEqualTo("strict is true");
  }

  @Test
  void whatReplacesADefaultIsTakenOut() {
    Redaction redaction = redaction("${env:TOPIC:-orders}", "secret");

    assertThat(redaction.apply("to secret")).isEqualTo("to ${env:TOPIC:-orders}");
  }

  @Test
  void whatIsPutBackIsNotTakenOutAgain() {
    Redaction redaction = redaction("${env:KEY}", "env", "${env:OTHER}", "KEY");

    assertThat(redaction.apply("env KEY")).isEqualTo("${env:KEY} ${env:OTHER}");
  }

  @Test
  void theLongerOfTwoValuesGoesFirst() {
    Redaction redaction = redaction("${env:A}", "hunter22", "${env:B}", "hunter22-more");

    assertThat(redaction.apply("hunter22-more")).isEqualTo("${env:B}");
  }

  /**
   * @param pairs what is written, and what it stands for
   */
  private static Redaction redaction(String... pairs) {
    return new Redaction(
        new Sequence(
            PLACE,
            Stream.iterate(0, index -> index < pairs.length, index -> index + 2)
                .map(index -> scalar(pairs[index], pairs[index + 1]))
                .toList()));
  }

  private static Node scalar(String written, String value) {
    return new Scalar(PLACE, Scalar.Kind.TEXT, value, Optional.of(written));
  }
}
