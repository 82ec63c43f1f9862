package io.sluice.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.sdk.error.SluiceException;
import java.time.Instant;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private final Chance chance = new Chance(1, "test");

  private String text(String template, long sequence) {
    chance.of(sequence);
    return Template.parse(template).text(new Template.Subject(sequence, 3, Instant.EPOCH), chance);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"\",\"\"",
        "plain # {text},plain # {text}",
        "#{sequence},42",
        "a#{sequence}b#{partition}c,a42b3c",
        "#{time},1970-01-01T00:00:00Z",
        "#{int:7:7},7",
        "#{int:-5:-5},-5",
        "#{choice:only},only",
        "##{sequence},#{sequence}",
        "#{partition}##{,3#{",
        "${sequence},${sequence}"
      })
  void isFilledIn(String template, String expected) {
    assertThat(text(template, 42)).isEqualTo(expected);
  }

  @Test
  void everyIntegerOfTheRangeComesUp() {
    TreeSet<Integer> seen = new TreeSet<>();
    for (int sequence = 0; sequence < 200; sequence++) {
      seen.add(Integer.parseInt(text("#{int:-2:3}", sequence)));
    }
    assertThat(seen).containsExactly(-2, -1, 0, 1, 2, 3);
  }

  @Test
  void everyChoiceComesUp() {
    TreeSet<String> seen = new TreeSet<>();
    for (int sequence = 0; sequence < 200; sequence++) {
      seen.add(text("#{choice:a|b||d e}", sequence));
    }
    assertThat(seen).containsExactly("", "a", "b", "d e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#{",
        "#{}",
        "#{sequence",
        "#{Sequence}",
        "#{sequence:1}",
        "#{int}",
        "#{int:1}",
        "#{int:1:2:3}",
        "#{int:2:1}",
        "#{int:a:b}",
        "#{int:-9223372036854775808:9223372036854775807}",
        "#{choice}",
        "#{uuid}",
        "a #{time} #{nope:1}"
      })
  void anythingElseIsAnError(String template) {
    assertThatExceptionOfType(SluiceException.class)
        .isThrownBy(() -> Template.parse(template))
        .satisfies(e -> assertThat(e.code()).isEqualTo(GeneratorError.BAD_TEMPLATE));
  }
}
