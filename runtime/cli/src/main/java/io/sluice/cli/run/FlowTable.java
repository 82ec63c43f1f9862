package io.sluice.cli.run;

import static io.sluice.cli.output.TextTable.left;
import static io.sluice.cli.output.TextTable.right;

import io.sluice.cli.output.Count;
import io.sluice.cli.output.TextTable;
import java.util.List;

/** Rows as a table for people. */
final class FlowTable {
  private FlowTable() {}

  static List<String> of(List<FlowRow> rows) {
    TextTable table =
        new TextTable(
            List.of(
                left("FLOW"),
                left("STATE"),
                right("IN"),
                right("OUT"),
                right("FILTERED"),
                right("RATE"),
                right("LAG"),
                left("LAST ERROR")));
    for (FlowRow row : rows) {
      table.row(
          row.flow(),
          row.state(),
          Count.of(row.in()),
          Count.of(row.out()),
          Count.of(row.filtered()),
          Count.of(row.rate()) + "/s",
          row.lag().isPresent() ? Count.of(row.lag().getAsLong()) : "-",
          row.error().map(error -> error.message() + " [" + error.code().id() + "]").orElse(""));
    }
    return table.lines();
  }
}
