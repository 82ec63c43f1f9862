package io.sluice.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table as Markdown has it, with aligned columns so that it can be read as text too. For one
 * thread.
 */
public final class MarkdownTable {
  private final List<String> titles;
  private final List<List<String>> rows = new ArrayList<>();

  public MarkdownTable(String... titles) {
    this.titles = List.of(titles);
  }

  /** Adds a row with as many cells as there are columns. */
  public void row(String... cells) {
    if (cells.length != titles.size()) {
      throw new IllegalArgumentException(Arrays.toString(cells) + " under " + titles);
    }
    rows.add(List.of(cells));
  }

  /** The lines, each with its end. */
  @Override
  public String toString() {
    String rule =
        IntStream.range(0, titles.size())
            .mapToObj(column -> "-".repeat(width(column) + 1) + (isNumber(column) ? ":" : "-"))
            .collect(Collectors.joining("|", "|", "|\n"));
    return line(titles) + rule + rows.stream().map(this::line).collect(Collectors.joining());
  }

  private String line(List<String> cells) {
    return IntStream.range(0, cells.size())
        .mapToObj(column -> " " + padded(cells.get(column), column) + " ")
        .collect(Collectors.joining("|", "|", "|\n"));
  }

  private String padded(String cell, int column) {
    String blanks = " ".repeat(width(column) - cell.length());
    return isNumber(column) ? blanks + cell : cell + blanks;
  }

  private int width(int column) {
    int widest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    return Math.max(widest, titles.get(column).length());
  }

  private boolean isNumber(int column) {
    return rows.stream().allMatch(row -> row.get(column).matches("[–0-9].*"));
  }
}
