package io.sluice.cli.run;

import static io.sluice.cli.output.TextTable.left;
import static io.sluice.cli.output.TextTable.right;

import io.sluice.cli.output.Count;
import io.sluice.cli.output.TextTable;
import io.sluice.engine.delivery.BreakerState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Rows as a table for people. */
final class FlowTable {
  private FlowTable() {}

  /** Most flows have none of what is counted in between; those columns come when there is some. */
  static List<String> of(List<FlowRow> rows) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(left("FLOW"), FlowRow::flow));
    columns.add(new Column(left("STATE"), FlowRow::state));
    columns.add(new Column(right("IN"), row -> Count.of(row.in())));
    columns.add(new Column(right("OUT"), row -> Count.of(row.out())));
    columns.add(new Column(right("FILTERED"), row -> Count.of(row.filtered())));
    addCount(columns, "ECHOES", rows, FlowRow::echoes);
    addCount(columns, "DUPLICATES", rows, FlowRow::duplicates);
    addCount(columns, "RETRYING", rows, row -> row.errors().retrying());
    addCount(columns, "DEAD LETTERS", rows, row -> row.errors().deadLettered());
    addCount(columns, "DROPPED", rows, row -> row.errors().dropped());
    addCount(columns, "REPEATS", rows, row -> row.errors().repeats());
    if (rows.stream().anyMatch(row -> !breaker(row).isEmpty())) {
      columns.add(new Column(left("BREAKER"), FlowTable::breaker));
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

  private static void addCount(
      List<Column> columns, String name, List<FlowRow> rows, ToLongFunction<FlowRow> count) {
    if (rows.stream().anyMatch(row -> count.applyAsLong(row) > 0)) {
      columns.add(new Column(right(name), row -> Count.of(count.applyAsLong(row))));
    }
  }

  /** What keeps the flow from its target, if anything does. */
  private static String breaker(FlowRow row) {
    return row.errors()
        .breaker()
        .filter(state -> state != BreakerState.CLOSED)
        .map(BreakerState::name)
        .orElse("");
  }

  private static String lag(FlowRow row) {
    return row.lag().isPresent() ? Count.of(row.lag().getAsLong()) : "-";
  }

  private static String error(FlowRow row) {
    return row.error().map(error -> error.message() + " [" + error.code().id() + "]").orElse("");
  }

  private record Column(TextTable.Column head, Function<FlowRow, String> cell) {}
}
