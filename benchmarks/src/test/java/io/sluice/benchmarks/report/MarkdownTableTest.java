package io.sluice.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTableTest {

  @Test
  void alignsNumbersToTheRight() {
    MarkdownTable table = new MarkdownTable("copier", "rate");
    table.row("Sluice", Figures.of(212_345.6));
    table.row("other", "–");

    assertThat(table)
        .hasToString(
            """
            | copier |    rate |
            |--------|--------:|
            | Sluice | 212,000 |
            | other  |       – |
            """);
  }

  @Test
  void showsThreeDigits() {
    assertThat(Figures.of(99_950)).isEqualTo("100,000");
    assertThat(Figures.of(123)).isEqualTo("123");
    assertThat(Figures.of(12.345)).isEqualTo("12.3");
    assertThat(Figures.of(1.234)).isEqualTo("1.23");
    assertThat(Figures.of(0.1234)).isEqualTo("0.123");
  }
}
