package io.sluice.cli.run;

import io.sluice.cli.output.Output;
import java.time.Duration;
import java.util.List;

/** Shows how flows go while they run. For one thread. */
sealed interface RunView permits LiveTable, StatusLines {

  /** The view that fits where the command prints. */
  static RunView of(Output output) {
    return output.isLive() ? new LiveTable(output) : new StatusLines(output);
  }

  /** Time between two looks. */
  Duration interval();

  /** Shows the rows of a look. */
  void show(List<FlowRow> rows);

  /** Makes room for lines that somebody else is about to print. */
  void clear();
}
