package io.sluice.engine.simulation;

import io.sluice.engine.DrainReport;
import io.sluice.engine.Draining;
import io.sluice.engine.FlowEngine;
import io.sluice.engine.FlowState;
import io.sluice.engine.FlowStatus;
import io.sluice.engine.TestFlows;
import io.sluice.flows.model.EventFlow.DesiredStatus;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.source.PartitionProgress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One simulated world: what survives the runtime (the source system, the target, the store's disk)
 * and the lives of the runtime, one after another, each ended by a crash or a drain. Invariants are
 * checked after every step.
 */
final class World {
  private static final String FLOW = "flow";
  private static final int MOST_STEPS = 200_000;
  private static final Set<FlowState> FAILED =
      EnumSet.of(FlowState.STARTING_FAILED, FlowState.RUNNING_FAILED);
  private static final int[] LONGEST_LIVES = {100, 500, 3_000};

  private final Plan plan;
  private final Parts parts;
  private final Random random;
  private final SimulatedScheduler scheduler;
  private final SourceTopic topic;
  private final Checker checker;
  private final SimulatedTarget target;
  private final SimulatedStore store;
  private Optional<SimulatedSource> source = Optional.empty();
  private boolean calm;
  private int steps;

  World(long seed, Plan plan, Parts parts) {
    this.plan = plan;
    this.parts = parts;
    this.random = new Random(seed);
    this.scheduler = new SimulatedScheduler(random.nextLong());
    this.topic = new SourceTopic(plan, random);
    this.checker = new Checker(topic, !plan.tails());
    this.target = new SimulatedTarget(checker);
    this.store = parts.store(this);
  }

  Plan plan() {
    return plan;
  }

  SourceTopic topic() {
    return topic;
  }

  SimulatedTarget target() {
    return target;
  }

  Checker checker() {
    return checker;
  }

  /** Whether something of a certain probability happens; nothing does in the calm at the end. */
  boolean happens(double probability) {
    return random.nextDouble() < probability && !calm;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  void resumes(Partition partition, Position position) {
    checker.resumes(partition, position, store.position(partition.name()));
  }

  /** Lives until everything has arrived. Answers the number of steps. */
  int run() {
    int crashes = plan.crashes();
    int drains = plan.drains();
    while (crashes + drains > 0) {
      boolean crash = random.nextInt(crashes + drains) < crashes;
      FlowEngine engine = begin();
      live(engine, 1 + random.nextInt(LONGEST_LIVES[random.nextInt(LONGEST_LIVES.length)]));
      if (crash) {
        crashes--;
        crash();
      } else {
        drains--;
        drain(engine, Duration.ofMillis(random.nextInt(2_000)));
        crash();
      }
    }
    calm = true;
    FlowEngine engine = begin();
    while (!source.map(SimulatedSource::isThrough).orElse(false)) {
      if (!step(engine)) {
        throw new InvariantViolation("liveness", "nothing is left to do, " + engine.status());
      }
    }
    if (!checker.everythingArrived()) {
      checker.violated("I3", "something never arrived");
    }
    DrainReport report = drain(engine, Duration.ofSeconds(10));
    if (!report.drained()) {
      checker.violated("drain", "an idle engine did not drain: " + report);
    }
    return steps;
  }

  private FlowEngine begin() {
    FlowEngine engine =
        FlowEngine.builder()
            .scheduler(scheduler)
            .store(store)
            .storeThread(scheduler)
            .startTimeout(Duration.ZERO)
            .inFlightLimit(new InFlightLimit(plan.limit(), Long.MAX_VALUE))
            .jitter(random::nextDouble)
            .build();
    engine.start();
    engine.add(
        TestFlows.flow(
            FLOW,
            DesiredStatus.RUNNING,
            context -> {
              checker.forget("committed");
              SimulatedSource young = parts.source(this, context);
              source = Optional.of(young);
              return young;
            },
            plan.dropped() > 0 ? Optional.of(SourceTopic::passes) : Optional.empty(),
            context -> parts.sink(this, new SimulatedSink(this, context.scheduler()))));
    return engine;
  }

  private void live(FlowEngine engine, int steps) {
    for (int step = 0; step < steps && step(engine); step++) {
      if (happens(plan.outages())) {
        target.goDown(scheduler.nanoTime() + random.nextInt(5_000) * 1_000_000L);
      }
      if (happens(0.01) && FAILED.contains(engine.status().get(0).state())) {
        engine.resume(FLOW);
      }
      if (happens(plan.pauses())) {
        if (random.nextBoolean()) {
          engine.pause(FLOW);
        } else {
          engine.resume(FLOW);
        }
      }
    }
  }

  private boolean step(FlowEngine engine) {
    if (++steps > MOST_STEPS) {
      throw new InvariantViolation("liveness", "no end in sight, " + engine.status());
    }
    boolean more = scheduler.step();
    check();
    return more;
  }

  private void check() {
    checker.rethrow();
    source.ifPresent(SimulatedSource::check);
    for (Partition partition : topic.partitions()) {
      topic
          .groupOffset(partition)
          .ifPresent(position -> checker.claimed("group offset", partition, position));
      store
          .position(partition.name())
          .ifPresent(position -> checker.claimed("checkpoint", partition, position));
    }
  }

  private DrainReport drain(FlowEngine engine, Duration limit) {
    Optional<DrainReport>[] report = reportHolder();
    Draining.begin(engine, limit).thenAccept(made -> report[0] = Optional.of(made));
    long end = scheduler.nanoTime() + limit.plusMillis(100).toNanos();
    while (report[0].isEmpty()) {
      if (!step(engine) || scheduler.nanoTime() > end) {
        throw new InvariantViolation("drain", "it takes longer than " + limit);
      }
    }
    check(report[0].get());
    return report[0].get();
  }

  /** What a drain reports as drained is exact: nothing is in flight, and the store has it all. */
  private void check(DrainReport report) {
    FlowStatus status = report.flows().get(0);
    boolean stopped =
        status.state() == FlowState.READY || FAILED.contains(status.state()) && !report.drained();
    if (!stopped || status.inFlight() != 0) {
      checker.violated("drain", "the flow goes on: " + status);
    }
    if (report.drained() && !source.map(SimulatedSource::isQuiet).orElse(true)) {
      checker.violated("drain", "batches are open that are said to be done: " + status);
    }
    for (PartitionProgress progress : status.partitions()) {
      Optional<Position> stored = store.position(progress.partition().name());
      if (report.drained() && !stored.equals(Optional.of(progress.committed()))) {
        checker.violated("drain", "the store has " + stored + ", not " + progress);
      }
    }
  }

  private void crash() {
    scheduler.dropAll();
    source = Optional.empty();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Optional<DrainReport>[] reportHolder() {
    return new Optional[] {Optional.empty()};
  }
}
