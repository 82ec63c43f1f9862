package io.sluice.schedule;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.source.Starting;
import io.sluice.sdk.time.Rounds;
import io.sluice.sdk.time.Scheduler.Cancellable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * A source that makes an event at each due time. It has no thread: a timer of the scheduler wakes
 * it.
 */
final class ScheduleSource implements Source {
  /** The wall clock may be put on or back meanwhile, of which a timer knows nothing. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

  private final ScheduleConfiguration configuration;
  private final SourceContext context;
  private final Rounds rounds;

  // Guarded by this. No receiver and no lane before the resume point is known.
  private Optional<BatchReceiver> receiver = Optional.empty();
  private Optional<DueLane> lane = Optional.empty();
  private boolean paused;
  private boolean stopping;
  private Optional<Cancellable> alarm = Optional.empty();

  ScheduleSource(ScheduleConfiguration configuration, SourceContext context) {
    this.configuration = configuration;
    this.context = context;
    this.rounds = new Rounds(context.scheduler(), this::round);
  }

  @Override
  public CompletionStage<Void> start(BatchReceiver engine) {
    Partition partition = new Partition(partitionName(), 0);
    return Starting.of(
        engine.assigned(List.of(partition)).thenAccept(points -> begin(engine, partition, points)));
  }

  /** Of another schedule no due time was ever missed, so that it is another partition. */
  private String partitionName() {
    return "schedule/"
        + encoded(context.flow())
        + "/"
        + encoded(configuration.schedule())
        + "/"
        + encoded(configuration.timeZone());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private synchronized void begin(
      BatchReceiver engine, Partition partition, Map<Partition, ResumePoint> points) {
    ResumePoint now = new ResumePoint(new Position(thisSecond()), Optional.empty());
    DueLane made =
        new DueLane(partition, configuration, points.getOrDefault(partition, now), context);
    if (made.nextDue().isEmpty()) {
      throw new SluiceException(
          ScheduleError.NEVER_DUE,
          "the schedule '" + configuration.schedule() + "' is never due",
          Location.InFlow.of(context.flow()));
    }
    receiver = Optional.of(engine);
    lane = Optional.of(made);
    if (!paused) {
      made.runsFrom(thisSecond());
      rounds.request();
    }
  }

  /** What is due from then on was not missed: the second that begins now, or begins next. */
  private long thisSecond() {
    Instant now = context.scheduler().now();
    return now.getNano() == 0 ? now.getEpochSecond() : now.getEpochSecond() + 1;
  }

  @Override
  public synchronized void pause() {
    paused = true;
  }

  @Override
  public synchronized void resume() {
    if (paused) {
      paused = false;
      lane.ifPresent(dues -> dues.runsFrom(thisSecond()));
      rounds.request();
    }
  }

  @Override
  public synchronized void done(Batch batch, Optional<TargetPosition> stored) {
    lane.orElseThrow().done(batch, stored);
    rounds.request();
  }

  @Override
  public synchronized List<PartitionProgress> progress() {
    return lane.map(dues -> List.of(dues.progress())).orElse(List.of());
  }

  @Override
  public CompletionStage<Void> stop() {
    synchronized (this) {
      stopping = true;
      alarm.ifPresent(Cancellable::cancel);
      alarm = Optional.empty();
    }
    return rounds.stop();
  }

  /** Offers what is due; there is no more before that is done. */
  private boolean round() {
    Optional<Batch> batch = nextBatch();
    // Not under the lock: the batch may be done inside this call.
    batch.ifPresent(due -> engine().offer(due));
    return false;
  }

  private synchronized BatchReceiver engine() {
    return receiver.orElseThrow();
  }

  private synchronized Optional<Batch> nextBatch() {
    if (paused || stopping) {
      return Optional.empty();
    }
    DueLane dues = lane.orElseThrow();
    Optional<Batch> batch = dues.take(context.scheduler().now().getEpochSecond());
    if (batch.isEmpty() && !dues.isOpen()) {
      sleep(dues.nextDue());
    }
    return batch;
  }

  private void sleep(OptionalLong due) {
    if (due.isEmpty() || alarm.isPresent()) {
      return;
    }
    Duration left =
        Duration.between(context.scheduler().now(), Instant.ofEpochSecond(due.getAsLong()));
    Duration sleep = left.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : left;
    alarm =
        Optional.of(
            context.scheduler().after(sleep.isNegative() ? Duration.ZERO : sleep, this::wake));
  }

  private synchronized void wake() {
    alarm = Optional.empty();
    rounds.request();
  }
}
