package io.sluice.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.output.Output;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A line per flow and second, unless nothing has changed: for pipes and log collectors. With {@code
 * --json} the line is an object with {@code "event": "status"}.
 */
final class StatusLines implements RunView {
  private final Output output;
  private final Map<String, FlowRow> shown = new HashMap<>();

  StatusLines(Output output) {
    this.output = output;
  }

  @Override
  public Duration interval() {
    return Duration.ofSeconds(1);
  }

  @Override
  public void show(List<FlowRow> rows) {
    for (FlowRow row : rows) {
      FlowRow before = shown.put(row.flow(), row);
      if (before == null || !row.showsSameAs(before)) {
        output.line(text(row));
        ObjectNode event = Output.object();
        event.put("event", "status");
        output.event(event.setAll(row.json()));
      }
    }
  }

  @Override
  public void clear() {}

  private static String text(FlowRow row) {
    StringBuilder text = new StringBuilder(row.flow());
    text.append(" state=").append(row.state());
    text.append(" in=").append(row.in());
    text.append(" out=").append(row.out());
    text.append(" filtered=").append(row.filtered());
    append(text, " echoes=", row.echoes());
    append(text, " duplicates=", row.duplicates());
    append(text, " retrying=", row.errors().retrying());
    append(text, " deadLettered=", row.errors().deadLettered());
    append(text, " dropped=", row.errors().dropped());
    append(text, " repeats=", row.errors().repeats());
    text.append(" rate=").append(row.rate()).append("/s");
    row.lag().ifPresent(lag -> text.append(" lag=").append(lag));
    row.error().ifPresent(error -> text.append(" error=").append(error.code().id()));
    return text.toString();
  }

  private static void append(StringBuilder text, String name, long count) {
    if (count > 0) {
      text.append(name).append(count);
    }
  }
}
