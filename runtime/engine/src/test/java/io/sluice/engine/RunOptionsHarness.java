package io.sluice.engine;

import io.sluice.engine.EngineHarness.Fakes;
import io.sluice.flows.model.BatchWindow;
import io.sluice.flows.model.Idempotence;
import io.sluice.flows.model.Ordering;
import io.sluice.flows.model.RetryStrategy;
import io.sluice.flows.model.RunOptions;
import io.sluice.flows.model.RunOptions.ErrorsTolerance;
import io.sluice.flows.model.SinkBinding;
import io.sluice.flows.model.Throttling;
import io.sluice.sdk.error.SluiceException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Run options to begin with, and changes to them; and a flow that has them. */
record RunOptionsHarness(
    ErrorsTolerance tolerance,
    Optional<RetryStrategy> retry,
    Optional<Ordering> ordering,
    boolean deadLetters,
    OptionalInt maximumTasks,
    Optional<BatchWindow> window,
    Optional<Throttling> throttling,
    Optional<Idempotence> idempotence) {

  static RunOptionsHarness tolerating(ErrorsTolerance tolerance) {
    return new RunOptionsHarness(
        tolerance,
        Optional.empty(),
        Optional.empty(),
        false,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  RunOptionsHarness retrying(RetryStrategy.Push push) {
    return retrying(push, push.retries(), Optional.empty());
  }

  RunOptionsHarness retrying(RetryStrategy.Push push, int attempts, Optional<Duration> age) {
    return new RunOptionsHarness(
        tolerance,
        Optional.of(new RetryStrategy(push, attempts, age)),
        ordering,
        deadLetters,
        maximumTasks,
        window,
        throttling,
        idempotence);
  }

  RunOptionsHarness ordered(Ordering keys) {
    return new RunOptionsHarness(
        tolerance,
        retry,
        Optional.of(keys),
        deadLetters,
        maximumTasks,
        window,
        throttling,
        idempotence);
  }

  RunOptionsHarness withDeadLetters() {
    return new RunOptionsHarness(
        tolerance, retry, ordering, true, maximumTasks, window, throttling, idempotence);
  }

  RunOptionsHarness tasks(int most) {
    return new RunOptionsHarness(
        tolerance,
        retry,
        ordering,
        deadLetters,
        OptionalInt.of(most),
        window,
        throttling,
        idempotence);
  }

  RunOptionsHarness throttled(Throttling limits) {
    return new RunOptionsHarness(
        tolerance,
        retry,
        ordering,
        deadLetters,
        maximumTasks,
        window,
        Optional.of(limits),
        idempotence);
  }

  RunOptionsHarness collecting(BatchWindow records) {
    return new RunOptionsHarness(
        tolerance,
        retry,
        ordering,
        deadLetters,
        maximumTasks,
        Optional.of(records),
        throttling,
        idempotence);
  }

  RunOptionsHarness idempotent(Idempotence keys) {
    return new RunOptionsHarness(
        tolerance,
        retry,
        ordering,
        deadLetters,
        maximumTasks,
        window,
        throttling,
        Optional.of(keys));
  }

  /** A flow of that name with these options, not added. */
  Fakes fakes(String flow) {
    Fakes fakes = new Fakes(flow);
    Optional<SinkBinding<?>> queue =
        deadLetters ? Optional.of(fakes.deadLetterQueue()) : Optional.empty();
    fakes.runOptions =
        Optional.of(
            new RunOptions(
                tolerance, retry, ordering, queue, maximumTasks, window, throttling, idempotence));
    return fakes;
  }

  /** Adds a flow with these options and waits until it runs. */
  Fakes running(EngineHarness harness) {
    Fakes fakes = fakes("flow");
    harness.add(fakes);
    harness.awaitState("flow", FlowState.RUNNING);
    return fakes;
  }

  /** The target does not take the records at these offsets. */
  static void spoil(FakeSink sink, SluiceException reason, Long... offsets) {
    Set<Long> spoilt = Set.of(offsets);
    sink.verdict =
        record ->
            spoilt.contains(record.position().offset()) ? Optional.of(reason) : Optional.empty();
  }
}
