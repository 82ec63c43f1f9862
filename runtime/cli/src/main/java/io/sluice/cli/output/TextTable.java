package io.sluice.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns. For one thread. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /** A column for words. */
  public static Column left(String title) {
    return new Column(title, false);
  }

  /** A column for numbers. */
  public static Column right(String title) {
    return new Column(title, true);
  }

  /** Adds a row with as many cells as there are columns. */
  public TextTable row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns.size());
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The title line and the rows, without trailing blanks. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line(columns.stream().map(Column::title).toList()));
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      String blanks = " ".repeat(width(i) - cell.length());
      line.append(i == 0 ? "" : GAP);
      line.append(columns.get(i).right() ? blanks + cell : cell + blanks);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    int widest = columns.get(column).title().length();
    for (List<String> row : rows) {
      widest = Math.max(widest, row.get(column).length());
    }
    return widest;
  }

  /**
   * A column.
   *
   * @param title its head
   * @param right whether its cells end at the same place rather than begin there
   */
  public record Column(String title, boolean right) {}
}
