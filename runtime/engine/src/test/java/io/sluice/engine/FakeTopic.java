package io.sluice.engine;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.connector.SourceType;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.Landmark;
import io.sluice.sdk.source.Ledger;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A topic in memory, and the sources that read it: all of it, from the first record on. */
final class FakeTopic implements SourceType<FakeTopic.Reader> {
  private static final int LARGEST_BATCH = 8;
  private static final byte[] BODY = new byte[1 << 20];

  final List<Reading> readings = new ArrayList<>();

  /** What the next starts of sources fail with. */
  final Queue<RuntimeException> failures = new ArrayDeque<>();

  private final List<List<DetachedRecord>> records = new ArrayList<>();

  /**
   * @param name ends the names of the partitions if it is not empty
   */
  record Reader(String name) {}

  FakeTopic(int partitions) {
    for (int lane = 0; lane < partitions; lane++) {
      records.add(new ArrayList<>());
    }
  }

  /** Stores a record of a MiB for a customer. */
  void store(int lane, String customer) {
    List<DetachedRecord> queue = records.get(lane);
    queue.add(
        DetachedRecord.builder("topic", new Position(queue.size()))
            .userProperty("customer", customer)
            .body(BODY)
            .storedAt(Instant.ofEpochSecond(1_000 + queue.size()))
            .build());
    List.copyOf(readings).forEach(Reading::wake);
  }

  /** The topic gets one queue more. */
  void addPartition() {
    records.add(new ArrayList<>());
    List.copyOf(readings).forEach(Reading::appeared);
  }

  /** The readings of a flow's own, or with an empty name the shared ones. */
  List<Reading> readings(String reader) {
    return readings.stream().filter(one -> one.reader.equals(reader)).toList();
  }

  static Optional<Landmark> landmark(long next) {
    return next == 0 ? Optional.empty() : Optional.of(new Landmark("before " + next));
  }

  @Override
  public Class<Reader> configuration() {
    return Reader.class;
  }

  @Override
  public String schema() {
    return "{}";
  }

  @Override
  public SourceDescription describe(Reader configuration) {
    return new SourceDescription(Optional.empty(), "topic", Optional.empty(), "fake", "fake");
  }

  @Override
  public Source create(Reader configuration, SourceContext context) {
    Reading made = new Reading(configuration.name(), context);
    readings.add(made);
    return made;
  }

  /** One source. */
  final class Reading implements Source {
    final String reader;
    final SourceContext context;
    long offered;
    boolean stopped;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private @Nullable BatchReceiver receiver;
    private boolean paused;

    private Reading(String reader, SourceContext context) {
      this.reader = reader;
      this.context = context;
    }

    BatchReceiver receiver() {
      return Objects.requireNonNull(receiver);
    }

    @Override
    public CompletionStage<Void> start(BatchReceiver receiver) {
      this.receiver = receiver;
      if (!failures.isEmpty()) {
        return CompletableFuture.failedFuture(failures.remove());
      }
      return take(0);
    }

    private void appeared() {
      if (!stopped && receiver != null) {
        take(records.size() - 1);
      }
    }

    private CompletionStage<Void> take(int from) {
      List<Partition> partitions = new ArrayList<>();
      for (int lane = from; lane < records.size(); lane++) {
        String name = "topic/" + lane + (reader.isEmpty() ? "" : "/" + reader);
        partitions.add(new Partition(name, lane));
      }
      return receiver()
          .assigned(partitions)
          .thenAccept(
              points -> {
                for (Partition partition : partitions) {
                  ResumePoint first = new ResumePoint(new Position(0), Optional.empty());
                  lanes.put(
                      partition.name(), new Lane(partition, points.getOrDefault(partition, first)));
                }
                wake();
              });
    }

    private void wake() {
      for (Lane lane : lanes.values()) {
        context.scheduler().after(Duration.ofMillis(1), lane::pump);
      }
    }

    @Override
    public void pause() {
      paused = true;
    }

    @Override
    public void resume() {
      paused = false;
      wake();
    }

    @Override
    public void done(Batch batch, Optional<TargetPosition> stored) {
      lanes.get(batch.partition().name()).done(batch, stored);
    }

    @Override
    public void goOn(Batch batch) {
      lanes.get(batch.partition().name()).goOn(batch);
    }

    @Override
    public List<PartitionProgress> progress() {
      return lanes.values().stream().map(Lane::progress).toList();
    }

    @Override
    public CompletionStage<Void> stop() {
      stopped = true;
      return CompletableFuture.completedFuture(null);
    }

    private final class Lane {
      private final Partition partition;
      private final Ledger ledger;
      private Position next;
      private Optional<Batch> blocking = Optional.empty();

      private Lane(Partition partition, ResumePoint start) {
        this.partition = partition;
        this.ledger = new Ledger(start);
        this.next = start.next();
      }

      private void pump() {
        List<DetachedRecord> queue = records.get(partition.lane());
        int from = (int) next.offset();
        if (paused || stopped || blocking.isPresent() || from >= queue.size()) {
          return;
        }
        int to = Math.min(queue.size(), from + LARGEST_BATCH);
        RecordPayload payload = new RecordPayload(queue.subList(from, to));
        Batch batch = Batch.of(partition, next, new Position(to), payload);
        next = batch.next();
        offered += batch.count();
        blocking = Optional.of(batch);
        ledger.opened(batch.first(), batch.next(), landmark(to));
        receiver().offer(batch);
      }

      private void done(Batch batch, Optional<TargetPosition> stored) {
        ledger.done(batch.next(), stored);
        goOn(batch);
      }

      private void goOn(Batch batch) {
        if (blocking.filter(one -> one.next().equals(batch.next())).isPresent()) {
          blocking = Optional.empty();
          context.scheduler().execute(this::pump);
        }
      }

      private PartitionProgress progress() {
        long end = records.get(partition.lane()).size();
        return new PartitionProgress(
            partition, ledger.resumePoint(), OptionalLong.of(end - ledger.committed().offset()));
      }
    }
  }
}
