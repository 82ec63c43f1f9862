package io.sluice.cli.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.CommandError;
import io.sluice.cli.output.Findings;
import io.sluice.cli.output.Output;
import io.sluice.flows.LoadedFlows;
import io.sluice.flows.model.FlowModel;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Brings a run into step with its edited flow files, and says what came of it. A file that is wrong
 * changes nothing: what runs goes on. For one thread.
 */
final class Reload {
  private final FlowRun run;
  private final Edits edits;
  private final Duration drainTimeout;
  private final RunView view;
  private final Output output;
  private FlowModel current;
  private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);

  /**
   * @param current what runs
   * @param drainTimeout how long a flow that is replaced may take to end
   */
  Reload(
      FlowRun run,
      FlowModel current,
      Edits edits,
      Duration drainTimeout,
      RunView view,
      Output output) {
    this.run = run;
    this.current = current;
    this.edits = edits;
    this.drainTimeout = drainTimeout;
    this.view = view;
    this.output = output;
  }

  /** Looks for edits, and begins to apply them. Does not wait for flows. */
  void look() {
    if (underWay.isDone()) {
      failure().ifPresent(this::failed);
      edits.next().ifPresent(this::apply);
    }
  }

  /**
   * Waits until the last edit is applied, or has taken as long as flows may take to end: otherwise
   * flows would still come while all are stopped.
   */
  void settle() {
    underWay
        .copy()
        .completeOnTimeout(null, drainTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> null)
        .join();
    failure().ifPresent(this::failed);
  }

  private Optional<Throwable> failure() {
    return underWay.isCompletedExceptionally()
        ? Optional.of(underWay.handle((nothing, failure) -> failure).join())
        : Optional.empty();
  }

  private void failed(Throwable failure) {
    underWay = CompletableFuture.completedFuture(null);
    view.clear();
    output.error(
        failure.getCause() instanceof SluiceException known
            ? known
            : new SluiceException(
                CommandError.INTERNAL,
                "A flow could not be replaced: " + failure + ".",
                Location.NONE,
                CommandError.INTERNAL.remedy(),
                failure));
  }

  /** As a whole or not at all. */
  private void apply(LoadedFlows loaded) {
    view.clear();
    Findings findings = new Findings(loaded.findings());
    findings.print(output);
    Optional<SluiceException> wrong = findings.worst().or(() -> otherBrokers(loaded.model()));
    if (wrong.isPresent()) {
      if (findings.worst().isEmpty()) {
        output.error(wrong.get());
      }
      output.remark("What runs goes on unchanged.");
      ObjectNode event = event(false);
      findings.putInto(event);
      output.event(event);
      return;
    }
    FlowChanges changes = FlowChanges.between(current, loaded.model());
    current = loaded.model();
    underWay = run.change(current, changes, drainTimeout);
    told(changes);
  }

  private Optional<SluiceException> otherBrokers(FlowModel wanted) {
    List<String> edited = FlowChanges.brokers(current, wanted);
    return edited.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SluiceException(
                CommandError.BROKER_EDITED,
                "The files declare other brokers than those that run: "
                    + String.join(", ", edited)
                    + ".",
                Location.NONE));
  }

  private void told(FlowChanges changes) {
    if (changes.isEmpty()) {
      output.remark("The files have changed, and no flow with them.");
    } else {
      List<String> words = new ArrayList<>();
      changes.changed().forEach(flow -> words.add(flow.name() + " changed"));
      changes.switched().forEach(flow -> words.add(flow.name() + " to be " + flow.status()));
      changes.added().forEach(flow -> words.add(flow.name() + " added"));
      changes.removed().forEach(flow -> words.add(flow + " removed"));
      output.remark("Reloaded: " + String.join(", ", words) + ".");
    }
    ObjectNode event = event(true);
    ArrayNode changed = event.putArray("changed");
    changes.changed().forEach(flow -> changed.add(flow.name()));
    ArrayNode switched = event.putArray("switched");
    changes.switched().forEach(flow -> switched.add(flow.name()));
    ArrayNode added = event.putArray("added");
    changes.added().forEach(flow -> added.add(flow.name()));
    ArrayNode removed = event.putArray("removed");
    changes.removed().forEach(removed::add);
    output.event(event);
  }

  private static ObjectNode event(boolean ok) {
    ObjectNode event = Output.object();
    event.put("event", "reload");
    event.put("ok", ok);
    return event;
  }
}
