package io.sluice.cli.run;

import io.sluice.engine.FlowStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Turns statuses into rows, and works out the rates between two looks. For one thread. */
final class FlowRows {
  private final Map<String, Long> lastIn = new HashMap<>();
  private long lastNanoTime;

  /** The rows at a look, at a monotonic time. */
  List<FlowRow> at(long nanoTime, List<FlowStatus> flows) {
    double seconds = (nanoTime - lastNanoTime) / (double) TimeUnit.SECONDS.toNanos(1);
    lastNanoTime = nanoTime;
    return flows.stream().map(flow -> FlowRow.of(flow, rate(flow, seconds))).toList();
  }

  private long rate(FlowStatus flow, double seconds) {
    Long before = lastIn.put(flow.name(), flow.in());
    return before == null || seconds <= 0 ? 0 : Math.round((flow.in() - before) / seconds);
  }
}
