package io.sluice.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.schedule.ScheduleConfiguration.Misfire;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A schedule in the hands of a test, which moves its clock and says what is done. */
final class Clockwork implements BatchReceiver, SourceContext, Scheduler {
  private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparing(Timer::at));
  private final InFlightLimit limit;
  private final List<String> due = new ArrayList<>();
  private final List<DetachedRecord> records = new ArrayList<>();
  private Map<Partition, ResumePoint> points = Map.of();
  private Optional<Batch> open = Optional.empty();
  private boolean doneAtOnce = true;
  private Instant now;
  private int wakes;
  private Source source;

  private record Timer(Instant at, Runnable task) {}

  Clockwork(String now) {
    this(now, InFlightLimit.DEFAULT);
  }

  Clockwork(String now, InFlightLimit limit) {
    this.now = Instant.parse(now);
    this.limit = limit;
  }

  /** Starts a schedule in UTC. */
  Clockwork start(String schedule, Misfire misfire) {
    return start(
        new ScheduleConfiguration(
            schedule, "UTC", Optional.of(Map.of("job", "close-day")), Optional.empty(), misfire));
  }

  Clockwork start(ScheduleConfiguration configuration) {
    source = new ScheduleSourceType().create(configuration, this);
    open = Optional.empty();
    CompletableFuture<Void> started = source.start(this).toCompletableFuture();
    if (started.isCompletedExceptionally()) {
      started.join();
    }
    run();
    return this;
  }

  /** What a checkpoint would hold. */
  Clockwork checkpoint() {
    PartitionProgress progress = source.progress().get(0);
    points = Map.of(progress.partition(), progress.point());
    return this;
  }

  /** The runtime is gone, and its timers with it. */
  Clockwork kill() {
    timers.clear();
    ready.clear();
    open = Optional.empty();
    return this;
  }

  /** From now on batches stay open until they are {@link #finish finished}. */
  Clockwork hold() {
    doneAtOnce = false;
    return this;
  }

  Clockwork finish() {
    Batch batch = open.orElseThrow();
    open = Optional.empty();
    source.done(batch, Optional.empty());
    run();
    return this;
  }

  /** Moves time, running everything on the way. */
  Clockwork pass(Duration duration) {
    Instant end = now.plus(duration);
    run();
    while (!timers.isEmpty() && !timers.peek().at().isAfter(end)) {
      Timer timer = timers.remove();
      now = timer.at().isAfter(now) ? timer.at() : now;
      wakes++;
      timer.task().run();
      run();
    }
    now = end;
    return this;
  }

  /** Puts the wall clock on, of which no timer knows. */
  Clockwork jump(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  private void run() {
    for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
      task.run();
    }
  }

  /** The due times that were offered, as they are written. */
  List<String> due() {
    return due;
  }

  List<DetachedRecord> records() {
    return records;
  }

  Source source() {
    return source;
  }

  /** How often a timer ran out. */
  int wakes() {
    return wakes;
  }

  Batch open() {
    return open.orElseThrow();
  }

  @Override
  public CompletionStage<Map<Partition, ResumePoint>> assigned(List<Partition> partitions) {
    return CompletableFuture.completedFuture(points);
  }

  @Override
  public void offer(Batch batch) {
    assertThat(open).as("two batches under way").isEmpty();
    batch
        .records()
        .forEach(
            record -> {
              records.add(record.detach());
              Position at = record.position();
              assertThat(at.isBefore(batch.first())).isFalse();
              assertThat(at.isBefore(batch.next())).isTrue();
              due.add(Instant.ofEpochSecond(at.offset()).toString());
            });
    if (doneAtOnce) {
      source.done(batch, Optional.empty());
    } else {
      open = Optional.of(batch);
    }
  }

  @Override
  public long nanoTime() {
    return Duration.between(Instant.EPOCH, now).toNanos();
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void execute(Runnable task) {
    ready.add(task);
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    Timer timer = new Timer(now.plus(delay), task);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  @Override
  public CompletionStage<Void> revoked(List<Partition> partitions) {
    throw new AssertionError(partitions);
  }

  @Override
  public void troubled(SluiceException cause) {
    throw new AssertionError(cause);
  }

  @Override
  public void recovered() {
    throw new AssertionError();
  }

  @Override
  public void failed(SluiceException cause) {
    throw new AssertionError(cause);
  }

  @Override
  public String flow() {
    return "office/nightly";
  }

  @Override
  public String runtime() {
    return "runtime";
  }

  @Override
  public Instance instance(String name) {
    throw new AssertionError(name);
  }

  @Override
  public Scheduler scheduler() {
    return this;
  }

  @Override
  public InFlightLimit inFlightLimit() {
    return limit;
  }
}
