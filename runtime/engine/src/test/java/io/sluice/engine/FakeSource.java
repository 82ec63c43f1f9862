package io.sluice.engine;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.Ledger;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A source in the hands of a test: it offers what and when the test says. */
final class FakeSource implements Source {
  static final Partition LANE_0 = new Partition("lane-0", 0);
  static final Partition LANE_1 = new Partition("lane-1", 1);

  final List<String> calls = new ArrayList<>();
  final Map<Partition, Optional<ResumePoint>> resumed = new LinkedHashMap<>();
  final List<Batch> done = new ArrayList<>();
  final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private final Map<Partition, Ledger> ledgers = new LinkedHashMap<>();
  private final Map<Partition, Position> ends = new LinkedHashMap<>();
  private final Map<Partition, Batch> blocking = new LinkedHashMap<>();
  private @Nullable BatchReceiver receiver;

  /** What {@link #start} answers once the partitions are assigned. */
  CompletableFuture<Void> started = CompletableFuture.completedFuture(null);

  List<Partition> partitions = List.of(LANE_0, LANE_1);
  boolean stops = true;

  @Override
  public CompletionStage<Void> start(BatchReceiver receiver) {
    calls.add("start");
    this.receiver = receiver;
    return assign(partitions).thenCompose(nothing -> started);
  }

  CompletionStage<Void> assign(List<Partition> added) {
    return receiver()
        .assigned(added)
        .thenAccept(
            points -> {
              for (Partition partition : added) {
                Optional<ResumePoint> point = Optional.ofNullable(points.get(partition));
                resumed.put(partition, point);
                ResumePoint start =
                    point.orElse(new ResumePoint(new Position(0), Optional.empty()));
                ledgers.put(partition, new Ledger(start));
                ends.put(partition, start.next());
              }
            });
  }

  BatchReceiver receiver() {
    return Objects.requireNonNull(receiver);
  }

  /** Offers the next records of a partition; every third one is tagged {@code third}. */
  Batch offer(Partition partition, int records) {
    return offer(batch(partition, ends.get(partition), records));
  }

  /** Offers a record per sharding key; an empty one is none. */
  Batch offerKeyed(Partition partition, String... shardingKeys) {
    Position first = ends.get(partition);
    List<DetachedRecord> content = new ArrayList<>();
    for (String key : shardingKeys) {
      DetachedRecord.Builder record =
          DetachedRecord.builder("topic", first.plus(content.size())).userProperty("of", "sender");
      if (!key.isEmpty()) {
        record.systemProperty("__SHARDINGKEY", key);
      }
      content.add(record.keys("k" + content.size()).body(new byte[] {1, 2, 3}).build());
    }
    return offer(
        Batch.of(partition, first, first.plus(content.size()), new RecordPayload(content)));
  }

  /** Whether the last batch of a partition is done, or may be passed. */
  boolean mayOffer(Partition partition) {
    return ledgers.containsKey(partition) && !blocking.containsKey(partition);
  }

  /** Where the next batch of a partition begins. */
  Position end(Partition partition) {
    return ends.get(partition);
  }

  Batch offer(Batch batch) {
    blocking.put(batch.partition(), batch);
    ends.put(batch.partition(), batch.next());
    ledgers.get(batch.partition()).opened(batch.first(), batch.next());
    receiver().offer(batch);
    return batch;
  }

  static Batch batch(Partition partition, Position first, int records) {
    List<DetachedRecord> content =
        LongStream.range(first.offset(), first.offset() + records)
            .mapToObj(
                offset ->
                    DetachedRecord.builder("topic", new Position(offset))
                        .tag(offset % 3 == 2 ? "third" : "other")
                        .build())
            .toList();
    return Batch.of(partition, first, first.plus(records), new RecordPayload(content));
  }

  Position committed(Partition partition) {
    return ledgers.get(partition).committed();
  }

  @Override
  public void pause() {
    calls.add("pause");
  }

  @Override
  public void resume() {
    calls.add("resume");
  }

  @Override
  public void done(Batch batch, Optional<TargetPosition> stored) {
    done.add(batch);
    blocking.remove(batch.partition(), batch);
    ledgers.get(batch.partition()).done(batch.next(), stored);
  }

  @Override
  public void goOn(Batch batch) {
    calls.add("goOn " + batch.first() + "-" + batch.next());
    blocking.remove(batch.partition(), batch);
  }

  @Override
  public List<PartitionProgress> progress() {
    return ledgers.entrySet().stream()
        .map(
            one ->
                new PartitionProgress(
                    one.getKey(),
                    one.getValue().resumePoint(),
                    OptionalLong.of(
                        ends.get(one.getKey()).offset() - one.getValue().committed().offset())))
        .toList();
  }

  @Override
  public CompletionStage<Void> stop() {
    calls.add("stop");
    if (stops) {
      stopped.complete(null);
    }
    return stopped;
  }
}
