package io.sluice.camel;

import io.sluice.camel.source.CamelSource;
import io.sluice.camel.source.CamelSourceConfiguration;
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
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.time.Scheduler;
import io.sluice.sdk.time.SystemScheduler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A source in the hands of a test, which says what is done. */
final class Reading implements BatchReceiver, SourceContext, AutoCloseable {
  /**
   * RocketMQ's consumers are refused ("the consumer's subscription not latest") for up to 30 s
   * after a start, until their next heartbeat, and again when they get another queue; a message
   * that failed comes after 10 s more.
   */
  private static final int PATIENCE_SECONDS = 120;

  private final SystemScheduler scheduler = new SystemScheduler("reading", 2);
  private final BlockingQueue<Batch> offered = new LinkedBlockingQueue<>();
  private final InFlightLimit limit;
  private final CamelSource source;

  private Reading(CamelSourceConfiguration configuration, InFlightLimit limit) {
    this.limit = limit;
    this.source = new CamelSource(configuration, this);
  }

  static Reading of(CamelSourceConfiguration configuration, InFlightLimit limit) {
    Reading reading = new Reading(configuration, limit);
    reading.source.start(reading).toCompletableFuture().join();
    return reading;
  }

  static Reading of(CamelSourceConfiguration configuration) {
    return of(configuration, InFlightLimit.DEFAULT);
  }

  /** Of an endpoint without any of the connector's own keys. */
  static Reading of(String uri) {
    return of(configuration(uri));
  }

  static CamelSourceConfiguration configuration(String uri, String... properties) {
    return new CamelSourceConfiguration(
        uri,
        Map.of(),
        Map.of(),
        Optional.of("in"),
        List.of(properties),
        "SluiceKeys",
        "SluiceTag",
        100_000);
  }

  CamelSource source() {
    return source;
  }

  /** The next batch. */
  Batch next() throws InterruptedException {
    Batch batch = offered.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (batch == null) {
      throw new AssertionError("nothing was offered");
    }
    return batch;
  }

  /** Whether nothing waits to be taken by {@link #next}. */
  boolean hasNothing() {
    return offered.isEmpty();
  }

  void done(Batch batch) {
    source.done(batch, Optional.empty());
  }

  void doneWhatIsOffered() {
    for (Batch batch = offered.poll(); batch != null; batch = offered.poll()) {
      done(batch);
    }
  }

  /** The next so many records, which are done. */
  List<DetachedRecord> records(int count) throws InterruptedException {
    List<DetachedRecord> records = new ArrayList<>();
    while (records.size() < count) {
      Batch batch = next();
      batch.records().forEach(record -> records.add(record.detach()));
      done(batch);
    }
    return records;
  }

  static List<DetachedRecord> of(Batch batch) {
    List<DetachedRecord> records = new ArrayList<>();
    batch.records().forEach(record -> records.add(record.detach()));
    return records;
  }

  static String text(Record record) {
    return StandardCharsets.UTF_8.decode(record.body()).toString();
  }

  @Override
  public void close() {
    source.stop().toCompletableFuture().join();
    scheduler.close();
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
    return "reading";
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
    return scheduler;
  }

  @Override
  public InFlightLimit inFlightLimit() {
    return limit;
  }
}
