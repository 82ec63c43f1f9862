package io.sluice.cli.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.CommandError;
import io.sluice.cli.output.Count;
import io.sluice.cli.output.ExitStatus;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.engine.DrainReport;
import io.sluice.engine.FlowStatus;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a run came to. For one thread. */
final class RunSummary {
  private final int brokers;
  private final List<SluiceException> failures = new ArrayList<>();
  private List<FlowStatus> flows = List.of();

  RunSummary(int brokers) {
    this.brokers = brokers;
  }

  /** How the flows stood when they were asked to stop. */
  void beforeDrain(List<FlowStatus> last) {
    last.stream()
        .filter(TroubleReport::hasFailed)
        .forEach(flow -> TroubleReport.trouble(flow).ifPresent(failures::add));
  }

  /** How they ended. A flow that failed is not drained, and has said so. */
  void drained(DrainReport report) {
    flows = report.flows();
    if (!report.drained() && (failures.isEmpty() || isSomethingInFlight())) {
      failures.add(
          new SluiceException(
              CommandError.NOT_DRAINED,
              "The deadline passed before everything in flight was done.",
              Location.NONE));
    }
  }

  /** Prints it for people, and makes it the outcome. */
  Outcome outcome(Duration elapsed, Output output) {
    double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
    List<FlowRow> rows =
        flows.stream().map(flow -> FlowRow.of(flow, Math.round(flow.in() / seconds))).toList();
    if (!rows.isEmpty()) {
      FlowTable.of(rows).forEach(output::line);
    }
    ObjectNode result = Output.object();
    ArrayNode array = result.putArray("flows");
    rows.forEach(row -> array.add(row.json()));
    result.put("brokers", brokers);
    result.put("seconds", seconds);
    String text = text(seconds);
    Optional<SluiceException> worst = ExitStatus.worst(failures);
    if (worst.isEmpty()) {
      return Outcome.ok(text, result);
    }
    failures.stream()
        .filter(failure -> failure.code() == CommandError.NOT_DRAINED)
        .forEach(output::error);
    return Outcome.failedAsTold(worst.get(), text, result);
  }

  private String text(double seconds) {
    return String.format(
        Locale.ROOT,
        "%s, %s: %s in, %s out, %s filtered, %.1f s.",
        Count.of(flows.size(), "flow"),
        Count.of(brokers, "broker"),
        Count.of(flows.stream().mapToLong(FlowStatus::in).sum(), "record"),
        Count.of(flows.stream().mapToLong(FlowStatus::out).sum()),
        Count.of(flows.stream().mapToLong(FlowStatus::filtered).sum()),
        seconds);
  }

  private boolean isSomethingInFlight() {
    return flows.stream().anyMatch(flow -> !TroubleReport.hasFailed(flow) && flow.inFlight() > 0);
  }
}
