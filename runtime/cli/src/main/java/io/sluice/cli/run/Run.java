package io.sluice.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.broker.IntegratedBroker;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.engine.DrainReport;
import io.sluice.engine.FlowStatus;
import io.sluice.flows.model.EventFlow.DesiredStatus;
import io.sluice.flows.model.FlowModel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs flows until somebody wants them to stop, they have nothing left to do, or all have failed;
 * then drains them and sums up. For one thread.
 */
public final class Run {
  private final RunOptions options;
  private final Output output;
  private final RunView view;
  private final TroubleReport troubles;
  private final FlowRows rows = new FlowRows();
  private final CountDownLatch stop = new CountDownLatch(1);

  public Run(RunOptions options, Output output) {
    this.options = options;
    this.output = output;
    this.view = RunView.of(output);
    this.troubles = new TroubleReport(output, view);
  }

  /** Asks it to drain and end. Any thread, any time; does not block. */
  public void stop() {
    stop.countDown();
  }

  /**
   * Runs. Blocks until the end.
   *
   * @param edits of the flow files, if they are watched
   * @throws io.sluice.sdk.error.SluiceException if something other than a flow does not start
   */
  public Outcome perform(FlowModel model, DataDirectory directory, Edits edits) {
    long begin = System.nanoTime();
    RunSummary summary = new RunSummary(model.brokers().size());
    try (FlowRun run = FlowRun.start(model, directory, options.startTimeout())) {
      run.brokers().forEach(this::announce);
      Reload reload = new Reload(run, model, edits, options.drainTimeout(), view, output);
      watch(run, reload, edits.areExpected());
      view.clear();
      if (stop.getCount() == 0) {
        output.remark("Stopping; a second interrupt stops at once.");
      }
      reload.settle();
      summary.beforeDrain(run.status());
      DrainReport report = run.drain(options.drainTimeout());
      view.show(rows.at(System.nanoTime(), report.flows()));
      view.clear();
      summary.drained(report);
    }
    return summary.outcome(Duration.ofNanos(System.nanoTime() - begin), output);
  }

  /** Looks at the flows from time to time, until they are to end. */
  private void watch(FlowRun run, Reload reload, boolean editable) {
    IdleWatch idle = new IdleWatch(options.exitWhenIdle().orElse(Duration.ZERO));
    while (true) {
      List<FlowStatus> flows = run.status();
      long now = System.nanoTime();
      troubles.look(flows);
      reload.look();
      view.show(rows.at(now, flows));
      boolean quiet = idle.isOver(flows, now);
      boolean over = allFailed(flows) && !editable; // an edit may mend them
      if (over || (options.exitWhenIdle().isPresent() && quiet) || stopped()) {
        return;
      }
    }
  }

  private boolean stopped() {
    try {
      return stop.await(view.interval().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static boolean allFailed(List<FlowStatus> flows) {
    List<FlowStatus> wanted =
        flows.stream().filter(flow -> flow.desired() == DesiredStatus.RUNNING).toList();
    return !wanted.isEmpty() && wanted.stream().allMatch(TroubleReport::hasFailed);
  }

  private void announce(IntegratedBroker broker) {
    output.line(
        "Broker %s: name server %s, broker %s"
            .formatted(broker.name(), broker.nameServerAddress(), broker.brokerAddress()));
    ObjectNode event = Output.object();
    event.put("event", "broker");
    event.put("broker", broker.name());
    event.put("nameServer", broker.nameServerAddress());
    event.put("address", broker.brokerAddress());
    output.event(event);
  }
}
