package io.sluice.engine;

import io.sluice.engine.delivery.BreakerState;
import io.sluice.engine.delivery.DeliveryTerms;
import io.sluice.engine.delivery.PartitionDelivery;
import io.sluice.engine.delivery.PartitionListener;
import io.sluice.engine.delivery.Repeats;
import io.sluice.engine.delivery.RetrySchedule;
import io.sluice.engine.delivery.TargetBreaker;
import io.sluice.engine.delivery.Throttle;
import io.sluice.engine.delivery.Turns;
import io.sluice.engine.store.OpenRetry;
import io.sluice.flows.model.EventFlow;
import io.sluice.flows.model.Ordering;
import io.sluice.flows.model.RunOptions;
import io.sluice.flows.model.RunOptions.ErrorsTolerance;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.Sink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run of a flow with run options delivers by. Thread-safe. */
final class GuardedDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedDelivery.class);

  private final FlowRun run;
  private final DeliveryTerms terms;
  private final Map<String, List<OpenRetry>> earlier = new ConcurrentHashMap<>();

  /**
   * @param sink of the flow
   * @param deadLetters sink of its dead-letter queue, if it has one
   */
  GuardedDelivery(
      FlowRun run,
      EventFlow flow,
      RunOptions options,
      EngineParts parts,
      Sink sink,
      Optional<Sink> deadLetters) {
    this.run = run;
    this.terms =
        new DeliveryTerms(
            flow.name(),
            target(flow),
            sink,
            options.errorsTolerance() == ErrorsTolerance.ALL,
            options.ordering().map(Ordering::key),
            options.retryStrategy().map(strategy -> new RetrySchedule(strategy, parts.jitter())),
            deadLetters,
            options.maximumTasks().stream().mapToObj(Turns::new).findFirst(),
            options.batchWindow(),
            options.throttling().map(limits -> new Throttle(limits, parts.scheduler())),
            options.idempotence().map(keys -> new Repeats(keys, parts.scheduler())),
            new TargetBreaker(flow.name(), parts.scheduler()),
            parts.backoff(),
            parts.scheduler(),
            this::keep,
            parts.instances()::redact);
  }

  private static String target(EventFlow flow) {
    var written = flow.sink().describe();
    return flow.sink().connector()
        + ":"
        + written.instance().map(name -> name + "/").orElse("")
        + written.topic();
  }

  /**
   * Whether the target's tail tells where a partition goes on. It does not where records that wait
   * are passed by others: what was waiting in a run before, perhaps of another runtime, lies
   * somewhere before it.
   */
  boolean tailTells() {
    return !terms.tolerant() || terms.retries().isEmpty();
  }

  boolean isTolerant() {
    return terms.tolerant();
  }

  BreakerState breaker() {
    return terms.breaker().state();
  }

  Optional<Sink> deadLetters() {
    return terms.deadLetters();
  }

  /** What a run before was about to try again of a partition that is assigned now. */
  void resumes(Partition partition, List<OpenRetry> retries) {
    earlier.put(partition.name(), retries);
  }

  /** The deliveries of a partition. */
  PartitionDelivery of(Lane lane, Partition partition) {
    return lane.guarded(
        () -> {
          List<OpenRetry> retries = earlier.remove(partition.name());
          PartitionDelivery made =
              new PartitionDelivery(
                  terms,
                  partition,
                  retries == null ? List.of() : retries,
                  new Listener(lane, partition));
          if (lane.isRevoked() || run.hasEnded()) {
            made.abandon();
          } else if (run.isFinishing()) {
            made.finish();
          }
          return made;
        });
  }

  private CompletionStage<Void> keep(OpenRetry retry) {
    return Stages.persistently(
            () ->
                Stages.<Void>supply(
                    run.parts().storeThread(),
                    () -> {
                      run.parts().store().keep(retry);
                      return null;
                    }),
            "the checkpoint store",
            run.place(),
            run.parts().scheduler(),
            run.parts().backoff(),
            () -> !run.hasEnded(),
            cause -> run.troubledAt(this, cause))
        .thenRun(() -> run.recoveredAt(this));
  }

  private final class Listener implements PartitionListener {
    private final Lane lane;
    private final Partition partition;

    private Listener(Lane lane, Partition partition) {
      this.lane = lane;
      this.partition = partition;
    }

    @Override
    public void repeated() {
      run.counters().retried();
    }

    @Override
    public void unknown() {
      run.counters().unknown();
    }

    @Override
    public void troubled(SluiceException reason) {
      run.troubledAt(partition, reason);
    }

    @Override
    public void recovered() {
      run.recoveredAt(partition);
    }

    @Override
    public void retrying() {
      run.counters().addRetrying(1);
    }

    @Override
    public void retried() {
      run.counters().addRetrying(-1);
    }

    @Override
    public void deadLettered() {
      run.counters().addDeadLetter();
    }

    @Override
    public void dropped(SluiceException reason) {
      run.counters().addDropped();
      LOG.warn("{}: a record is dropped: {}", run.flow(), run.parts().instances().redact(reason));
    }

    @Override
    public void repeats(int records) {
      run.counters().addRepeats(records);
    }

    @Override
    public void passes(Batch offered) {
      lane.pass();
      if (!run.hasEnded() && !lane.isRevoked()) {
        run.passes(offered);
      }
    }
  }
}
