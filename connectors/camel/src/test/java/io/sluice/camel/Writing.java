package io.sluice.camel;

import io.sluice.camel.sink.CamelSink;
import io.sluice.camel.sink.CamelSinkConfiguration;
import io.sluice.camel.sink.CamelSinkConfiguration.Load;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.time.Scheduler;
import io.sluice.sdk.time.SystemScheduler;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A sink in the hands of a test. */
final class Writing implements AutoCloseable {
  static final Instant BORN = Instant.parse("2026-11-01T10:20:30.456Z");
  static final Partition PARTITION = new Partition("shop/orders/broker-a/0", 0);

  private final Scheduler scheduler;
  private final CamelSink sink;

  private Writing(CamelSinkConfiguration configuration, Scheduler scheduler) {
    this.scheduler = scheduler;
    this.sink = new CamelSink(configuration, new Surroundings("writing", scheduler));
    sink.prepare(List.of(PARTITION), Map.of()).toCompletableFuture().join();
  }

  static Writing of(CamelSinkConfiguration configuration) {
    return new Writing(configuration, new SystemScheduler("writing", 1));
  }

  static Writing of(String uri) {
    return of(configuration(uri, Optional.empty()));
  }

  /** With a time that the test moves. */
  static Writing of(String uri, Scheduler scheduler) {
    return new Writing(configuration(uri, Optional.empty()), scheduler);
  }

  static CamelSinkConfiguration configuration(String uri, Optional<Load> load) {
    return new CamelSinkConfiguration(uri, Map.of(), Map.of(), Map.of(), load, 2, 30);
  }

  CamelSink sink() {
    return sink;
  }

  CompletableFuture<WriteResult> write(Batch batch) {
    return sink.write(batch).toCompletableFuture();
  }

  CompletableFuture<WriteResult> resolve(Batch batch) {
    return sink.resolve(batch).toCompletableFuture();
  }

  /**
   * Records with these bodies, from position 100 on; keys are {@code key-BODY}, the tag is paid.
   */
  static Batch batch(String... bodies) {
    return batch(PARTITION, bodies);
  }

  static Batch batch(Partition partition, String... bodies) {
    List<DetachedRecord> records = new ArrayList<>();
    for (String body : bodies) {
      records.add(
          DetachedRecord.builder("orders", new Position(100 + records.size()))
              .body(body.getBytes(StandardCharsets.UTF_8))
              .keys("key-" + body.substring(0, Math.min(body.length(), 20)))
              .tag("paid")
              .userProperty("city", "Qingdao")
              .userProperty("CamelHttpUri", "http://127.0.0.1:1/elsewhere")
              .bornAt(BORN)
              .build());
    }
    return Batch.of(
        partition,
        new Position(100),
        new Position(100 + bodies.length),
        new RecordPayload(records));
  }

  @Override
  public void close() {
    sink.close();
    if (scheduler instanceof SystemScheduler system) {
      system.close();
    }
  }
}
