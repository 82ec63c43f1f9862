package io.sluice.rocketmq.source;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.pull.Pulled;
import io.sluice.rocketmq.route.Queue;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.time.Scheduler;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on to the engine what the readers of one source tell, each trouble once. Thread-safe. */
final class SourceEvents implements ReaderEvents {
  private static final Logger log = LoggerFactory.getLogger(RocketMqSource.class);

  private final String flow;
  private final BatchReceiver receiver;
  private final Set<QueueReader> starving = ConcurrentHashMap.newKeySet();
  private final Troubles troubles;
  private final AtomicBoolean failed = new AtomicBoolean();
  private final OutsideRule rule;

  private volatile Supplier<CompletableFuture<Void>> fatal =
      () -> CompletableFuture.completedFuture(null);

  SourceEvents(
      String flow,
      RocketMqSourceConfiguration configuration,
      BatchReceiver receiver,
      Scheduler scheduler) {
    this.flow = flow;
    this.receiver = receiver;
    this.troubles = new Troubles(flow, configuration.topic(), receiver);
    this.rule = new OutsideRule(OnGap.of(configuration.onGap()), flow, scheduler);
  }

  BatchReceiver receiver() {
    return receiver;
  }

  /** What to do when the first of several readers meets trouble. */
  void onFirstTrouble(Runnable action) {
    troubles.onFirst(action);
  }

  /** How to end all reading when the source cannot go on. */
  void onFatal(Supplier<CompletableFuture<Void>> action) {
    fatal = action;
  }

  /** Ends all reading and then says why, the first time. */
  void failed(SluiceException cause) {
    if (failed.compareAndSet(false, true)) {
      fatal.get().thenRun(() -> receiver.failed(cause));
    }
  }

  /** Whether the source has failed. */
  boolean hasFailed() {
    return failed.get();
  }

  @Override
  public void offer(Batch batch) {
    receiver.offer(batch);
  }

  @Override
  public void starving(QueueReader reader) {
    starving.add(reader);
  }

  @Override
  public void roomFreed() {
    // A reader that finds no room again comes back into the set while this runs.
    for (QueueReader reader : List.copyOf(starving)) {
      if (starving.remove(reader)) {
        reader.proceed();
      }
    }
  }

  @Override
  public void troubled(Queue queue, SluiceException cause) {
    boolean ofSlave = cause.code() == RocketMqError.SLAVE_BEHIND;
    troubles.at(queue, ofSlave ? "the slave of " + queue.broker() : queue.broker(), cause);
  }

  /** Something is in the way at a place, or still is. */
  void troubled(Object place, SluiceException cause) {
    troubles.at(place, cause);
  }

  @Override
  public void recovered(Queue queue) {
    rule.back(queue);
    recovered((Object) queue);
  }

  /** What was in the way at a place is over. */
  void recovered(Object place) {
    troubles.over(place);
  }

  @Override
  public Optional<Position> outside(
      QueueReader reader, Position position, Pulled.Outside outside, boolean anotherQueue) {
    OutsideRule.Verdict verdict =
        rule.judge(reader.queue(), reader.partition(), position, outside, anotherQueue);
    verdict
        .report()
        .ifPresent(
            report -> {
              log.warn("{}: {}", flow, report.toString());
              if (verdict.fatal()) {
                failed(report);
              } else {
                receiver.troubled(report);
                receiver.recovered();
              }
            });
    return verdict.goOn();
  }

  @Override
  public void broken(QueueReader reader, RuntimeException failure) {
    log.error("{}: reading {} failed", flow, reader.queue(), failure);
    failed(
        failure instanceof SluiceException known
            ? known
            : new SluiceException(
                RocketMqError.UNEXPECTED_ANSWER,
                "reading " + reader.queue() + " failed: " + failure,
                Location.InFlow.of(flow),
                "This is a bug; the log has its trace.",
                failure));
  }
}
