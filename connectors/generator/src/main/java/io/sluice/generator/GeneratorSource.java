package io.sluice.generator;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.InFlight;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.source.Starting;
import io.sluice.sdk.time.Rounds;
import io.sluice.sdk.time.Scheduler;
import io.sluice.sdk.time.Scheduler.Cancellable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A source that makes its records up. It has no thread: in rounds, one at a time, it offers each
 * lane's next batch, as long as there is something to offer.
 */
final class GeneratorSource implements Source {
  private static final int BATCH = 256;

  private final GeneratorConfiguration configuration;
  private final String flow;
  private final Scheduler scheduler;
  private final InFlightLimit limit;
  private final InFlight inFlight;
  private final RecordMaker maker;
  private final Pace pace;
  private final Rounds rounds;

  // Guarded by this. No lanes and no receiver before the resume points are known.
  private Optional<BatchReceiver> receiver = Optional.empty();
  private List<Lane> lanes = List.of();
  private int turn;
  private long recordBytes;
  private boolean paused;
  private boolean stopping;
  private Optional<Cancellable> alarm = Optional.empty();

  GeneratorSource(GeneratorConfiguration configuration, SourceContext context) {
    this.configuration = configuration;
    this.flow = context.flow();
    this.scheduler = context.scheduler();
    this.limit = context.inFlightLimit();
    this.inFlight = new InFlight(limit);
    this.maker = new RecordMaker(configuration);
    this.rounds = new Rounds(scheduler, this::round);
    this.pace =
        new Pace(configuration.rate().orElse(Double.POSITIVE_INFINITY), scheduler.nanoTime());
    this.recordBytes = maker.make(0, 0, new Position(0), scheduler.now()).bytes();
  }

  @Override
  public CompletionStage<Void> start(BatchReceiver engine) {
    List<Partition> partitions = new ArrayList<>();
    for (int lane = 0; lane < configuration.partitions(); lane++) {
      partitions.add(new Partition(partitionName(lane), lane));
    }
    return Starting.of(
        engine.assigned(partitions).thenAccept(points -> begin(engine, partitions, points)));
  }

  /** Unique by the flow, whose name may hold what a partition's must not. */
  private String partitionName(int lane) {
    return "generator/" + URLEncoder.encode(flow, StandardCharsets.UTF_8) + "/" + lane;
  }

  private synchronized void begin(
      BatchReceiver engine, List<Partition> partitions, Map<Partition, ResumePoint> points) {
    receiver = Optional.of(engine);
    ResumePoint beginning = new ResumePoint(new Position(0), Optional.empty());
    lanes =
        partitions.stream()
            .map(
                partition ->
                    new Lane(partition, configuration, points.getOrDefault(partition, beginning)))
            .toList();
    pace.restart(scheduler.nanoTime());
    rounds.request();
  }

  @Override
  public synchronized void pause() {
    paused = true;
  }

  @Override
  public synchronized void resume() {
    paused = false;
    pace.restart(scheduler.nanoTime());
    rounds.request();
  }

  @Override
  public synchronized void done(Batch batch, Optional<TargetPosition> stored) {
    Batch offered = lanes.get(batch.partition().lane()).done(batch.next(), stored);
    inFlight.release(offered.payload().count(), offered.bytes());
    rounds.request();
  }

  @Override
  public synchronized List<PartitionProgress> progress() {
    return lanes.stream().map(Lane::progress).toList();
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

  /** Offers up to one batch per lane, and answers whether there may be more. */
  private boolean round() {
    for (int offered = 0; offered < configuration.partitions(); offered++) {
      Optional<Batch> batch = nextBatch();
      if (batch.isEmpty()) {
        return false;
      }
      // Not under the lock: the batch may be done inside this call.
      engine().offer(batch.get());
    }
    return true;
  }

  private synchronized BatchReceiver engine() {
    return receiver.orElseThrow();
  }

  /** The next batch of the lane whose turn it is, if one may be offered now. */
  private synchronized Optional<Batch> nextBatch() {
    if (paused || stopping) {
      return Optional.empty();
    }
    for (int i = 0; i < lanes.size(); i++) {
      Lane lane = lanes.get((turn + i) % lanes.size());
      if (lane.ready() > 0) {
        Optional<Batch> batch = batchOf(lane);
        if (batch.isPresent()) {
          turn = lane.partition().lane() + 1;
        }
        return batch;
      }
    }
    return Optional.empty();
  }

  private Optional<Batch> batchOf(Lane lane) {
    long allowed = pace.available(scheduler.nanoTime());
    if (allowed < 1) {
      wakeForPace();
      return Optional.empty();
    }
    int records = (int) Math.min(Math.min(BATCH, fairShare()), Math.min(lane.ready(), allowed));
    long estimate = records * recordBytes;
    if (!inFlight.tryReserve(records, estimate)) {
      return Optional.empty(); // Something is in flight; when it is done there is another round.
    }
    Batch batch = lane.make(records, maker, scheduler.now());
    inFlight.settle(records, estimate, records, batch.bytes());
    recordBytes = Math.max(recordBytes, batch.bytes() / records);
    pace.take(records);
    return Optional.of(batch);
  }

  /** Records of one batch by which all lanes together stay within the limit, at least 1. */
  private long fairShare() {
    long byRecords = limit.records() / lanes.size();
    long byBytes = limit.bytes() / lanes.size() / recordBytes;
    return Math.max(1, Math.min(byRecords, byBytes));
  }

  private void wakeForPace() {
    if (alarm.isEmpty()) {
      alarm =
          Optional.of(
              scheduler.after(
                  pace.untilMore(scheduler.nanoTime()),
                  () -> {
                    synchronized (this) {
                      alarm = Optional.empty();
                      rounds.request();
                    }
                  }));
    }
  }
}
