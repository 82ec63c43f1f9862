package io.sluice.cli.run;

import io.sluice.cli.output.Output;
import java.time.Duration;
import java.util.List;

/** A table that is repainted in place, for terminals. */
final class LiveTable implements RunView {
  private static final String ESCAPE = "\u001b[";
  private static final String ERASE_BELOW = ESCAPE + "J";

  /** A line longer than the terminal is cut, whatever its width: repainting counts lines. */
  private static final String WRAP_OFF = ESCAPE + "?7l";

  private static final String WRAP_ON = ESCAPE + "?7h";

  private final Output output;
  private int painted;

  LiveTable(Output output) {
    this.output = output;
  }

  @Override
  public Duration interval() {
    return Duration.ofMillis(500);
  }

  @Override
  public void show(List<FlowRow> rows) {
    List<String> lines = FlowTable.of(rows);
    output.paint(toTop() + WRAP_OFF + String.join("\n", lines) + "\n" + WRAP_ON);
    painted = lines.size();
  }

  @Override
  public void clear() {
    output.paint(toTop());
    painted = 0;
  }

  private String toTop() {
    return (painted == 0 ? "" : ESCAPE + painted + "A\r") + ERASE_BELOW;
  }
}
