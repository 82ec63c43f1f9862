package io.sluice.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.time.Scheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The engine's side of a source, which checks at every offer what a source promises. */
final class Engine implements BatchReceiver, SourceContext {
  final ManualScheduler scheduler = new ManualScheduler();
  final Map<Partition, ResumePoint> resumePoints = new HashMap<>();
  final CompletableFuture<Map<Partition, ResumePoint>> answer = new CompletableFuture<>();
  final List<Batch> open = new ArrayList<>();
  final List<DetachedRecord> records = new ArrayList<>();
  final Map<Partition, Position> ends = new HashMap<>();
  private final InFlightLimit limit;
  private final Source source;
  private boolean doneAtOnce;
  private boolean offering;
  List<Partition> assigned = List.of();

  Engine(GeneratorConfiguration configuration) {
    this(configuration, InFlightLimit.DEFAULT);
  }

  Engine(GeneratorConfiguration configuration, InFlightLimit limit) {
    this.limit = limit;
    this.source = new GeneratorSourceType().create(configuration, this);
  }

  /** Is done with every batch inside the offer. */
  Engine doneAtOnce() {
    doneAtOnce = true;
    return this;
  }

  Engine resumeAt(int lane, long position) {
    Partition partition = new Partition("generator/demo/" + lane, lane);
    resumePoints.put(partition, new ResumePoint(new Position(position), Optional.empty()));
    return this;
  }

  Source source() {
    return source;
  }

  Engine start() {
    answer.complete(resumePoints);
    assertThat(source.start(this).toCompletableFuture()).isCompleted();
    return this;
  }

  Engine run() {
    scheduler.run();
    return this;
  }

  void finish(Batch batch) {
    open.remove(batch);
    source.done(batch, Optional.empty());
  }

  void finishAll() {
    List.copyOf(open).forEach(this::finish);
  }

  long openRecords() {
    return open.stream().mapToLong(Batch::count).sum();
  }

  long openBytes() {
    return open.stream().mapToLong(Batch::bytes).sum();
  }

  @Override
  public CompletionStage<Map<Partition, ResumePoint>> assigned(List<Partition> partitions) {
    assigned = partitions;
    return answer;
  }

  @Override
  public CompletionStage<Void> revoked(List<Partition> partitions) {
    throw new AssertionError(partitions);
  }

  @Override
  public void offer(Batch batch) {
    assertThat(offering).as("offers inside each other").isFalse();
    offering = true;
    assertThat(open).extracting(Batch::partition).doesNotContain(batch.partition());
    Position before = ends.put(batch.partition(), batch.next());
    Position expected =
        Optional.ofNullable(before)
            .or(
                () ->
                    Optional.ofNullable(resumePoints.get(batch.partition())).map(ResumePoint::next))
            .orElse(new Position(0));
    assertThat(batch.first()).isEqualTo(expected);
    long position = batch.first().offset();
    for (Record record : batch.records()) {
      assertThat(record.position().offset()).isEqualTo(position++);
      records.add(record.detach());
    }
    assertThat(batch.next().offset()).isEqualTo(position);
    open.add(batch);
    if (doneAtOnce) {
      finish(batch);
    }
    offering = false;
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
    return "demo";
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
    return scheduler;
  }

  @Override
  public InFlightLimit inFlightLimit() {
    return limit;
  }
}
