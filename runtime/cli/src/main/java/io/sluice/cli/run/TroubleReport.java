package io.sluice.cli.run;

import io.sluice.cli.output.Output;
import io.sluice.engine.FlowState;
import io.sluice.engine.FlowStatus;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells once of each new trouble of a flow, and of its end. For one thread. */
final class TroubleReport {
  private final Output output;
  private final RunView view;
  private final Map<String, String> told = new HashMap<>();

  TroubleReport(Output output, RunView view) {
    this.output = output;
    this.view = view;
  }

  /** Whether the flow has ended with an error. */
  static boolean hasFailed(FlowStatus flow) {
    return flow.state() == FlowState.STARTING_FAILED || flow.state() == FlowState.RUNNING_FAILED;
  }

  /** What a flow's trouble is. Its place begins with the flow, wherever it arose. */
  static Optional<SluiceException> trouble(FlowStatus flow) {
    return flow.trouble().map(error -> error.at(place(flow.name(), error.location())));
  }

  private static Location place(String flow, Location known) {
    if (known instanceof Location.InFlow) {
      return known;
    }
    return known.equals(Location.NONE)
        ? Location.InFlow.of(flow)
        : new Location.Named(flow + ", " + known);
  }

  void look(List<FlowStatus> flows) {
    flows.forEach(this::look);
  }

  private void look(FlowStatus flow) {
    boolean failed = hasFailed(flow);
    String now =
        failed || flow.troubled()
            ? flow.trouble().map(error -> failed + error.code().id()).orElse("")
            : "";
    String before = told.getOrDefault(flow.name(), "");
    if (now.equals(before)) {
      return;
    }
    told.put(flow.name(), now);
    view.clear();
    if (now.isEmpty()) {
      output.remark(flow.name() + " goes on.");
    } else if (failed) {
      trouble(flow).ifPresent(output::error);
    } else {
      trouble(flow).ifPresent(output::warning);
    }
  }
}
