package io.sluice.cli.run;

import static io.sluice.cli.output.TextTable.left;
import static io.sluice.cli.output.TextTable.right;

import io.sluice.cli.output.Count;
import io.sluice.cli.output.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Rows as a table for people. */
final class FlowTable {
  private FlowTable() {}

  /** Most flows have neither echoes nor duplicates; their columns come when there are some. */
  static List<String> of(List<FlowRow> rows) {
    boolean echoes = rows.stream().anyMatch(row -> row.echoes() > 0);
    boolean duplicates = rows.stream().anyMatch(row -> row.duplicates() > 0);
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(left("FLOW"), FlowRow::flow));
    columns.add(new Column(left("STATE"), FlowRow::state));
    columns.add(new Column(right("IN"), row -> Count.of(row.in())));
    columns.add(new Column(right("OUT"), row -> Count.of(row.out())));
    columns.add(new Column(right("FILTERED"), row -> Count.of(row.filtered())));
    if (echoes) {
      columns.add(new Column(right("ECHOES"), row -> Count.of(row.echoes())));
    }
    if (duplicates) {
      columns.add(new Column(right("DUPLICATES"), row -> Count.of(row.duplicates())));
    }
    columns.add(new Column(right("RATE"), row -> Count.of(row.rate()) + "/s"));
    columns.add(new Column(right("LAG"), FlowTable::lag));
    columns.add(new Column(left("LAST ERROR"), FlowTable::error));
    TextTable table = new TextTable(columns.stream().map(Column::head).toList());
    for (FlowRow row : rows) {
      table.row(columns.stream().map(column -> column.cell().apply(row)).toArray(String[]::new));
    }
    return table.lines();
  }

  private static String lag(FlowRow row) {
    return row.lag().isPresent() ? Count.of(row.lag().getAsLong()) : "-";
  }

  private static String error(FlowRow row) {
    return row.error().map(error -> error.message() + " [" + error.code().id() + "]").orElse("");
  }

  private record Column(TextTable.Column head, Function<FlowRow, String> cell) {}
}
