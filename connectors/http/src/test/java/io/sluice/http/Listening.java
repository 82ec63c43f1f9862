package io.sluice.http;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.time.Scheduler;
import io.sluice.sdk.time.SystemScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A source in the hands of a test, which says what is done, and when time has passed. */
final class Listening implements BatchReceiver, SourceContext, Scheduler, AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final SystemScheduler threads = new SystemScheduler("listening", 2);
  private final List<Runnable> timers = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Batch> offered = new LinkedBlockingQueue<>();
  private final InFlightLimit limit;
  private final Source source;

  Listening(HttpSourceConfiguration configuration) {
    this(configuration, InFlightLimit.DEFAULT);
  }

  Listening(HttpSourceConfiguration configuration, InFlightLimit limit) {
    this.limit = limit;
    this.source = new HttpSourceType().create(configuration, this);
    source.start(this).toCompletableFuture().join();
  }

  Source source() {
    return source;
  }

  /** Records that came in and are not done. */
  long held() {
    return source.progress().get(0).lag().getAsLong();
  }

  /** The next batch. */
  Batch next() throws InterruptedException {
    Batch batch = offered.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (batch == null) {
      throw new AssertionError("nothing was offered");
    }
    return batch;
  }

  boolean hasNothing() {
    return offered.isEmpty();
  }

  void done(Batch batch) {
    source.done(batch, Optional.empty());
  }

  /** The next record, which is done. */
  DetachedRecord record() throws InterruptedException {
    Batch batch = next();
    List<DetachedRecord> records = new ArrayList<>();
    batch.records().forEach(record -> records.add(record.detach()));
    done(batch);
    return records.get(0);
  }

  /** Whatever waits for its time has it now. */
  void passTime() {
    timers.forEach(Runnable::run);
  }

  /** How many timers run. */
  int timers() {
    return timers.size();
  }

  @Override
  public void close() {
    source.stop().toCompletableFuture().join();
    threads.close();
  }

  @Override
  public CompletionStage<Map<Partition, ResumePoint>> assigned(List<Partition> partitions) {
    return CompletableFuture.completedFuture(
        Map.of(partitions.get(0), new ResumePoint(new Position(7), Optional.empty())));
  }

  @Override
  public void offer(Batch batch) {
    offered.add(batch);
  }

  @Override
  public long nanoTime() {
    return threads.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.parse("2026-11-21T10:00:00Z");
  }

  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    timers.add(task);
    return () -> timers.remove(task);
  }

  @Override
  public CompletionStage<Void> revoked(List<Partition> partitions) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void troubled(SluiceException cause) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void recovered() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void failed(SluiceException cause) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String flow() {
    return "listening";
  }

  @Override
  public String runtime() {
    return "test";
  }

  @Override
  public Instance instance(String name) {
    throw new UnsupportedOperationException();
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
