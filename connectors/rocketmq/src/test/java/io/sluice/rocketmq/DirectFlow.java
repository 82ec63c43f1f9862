package io.sluice.rocketmq;

import static org.awaitility.Awaitility.await;

import io.sluice.rocketmq.client.ClientPool;
import io.sluice.rocketmq.grpc.ProxyPool;
import io.sluice.rocketmq.grpc.sink.GrpcSink;
import io.sluice.rocketmq.grpc.source.GrpcSource;
import io.sluice.rocketmq.sink.Neighbours;
import io.sluice.rocketmq.sink.RocketMqSink;
import io.sluice.rocketmq.sink.RocketMqSinkConfiguration;
import io.sluice.rocketmq.source.RocketMqSource;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import io.sluice.rocketmq.transcode.Buffers;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Protocol;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.SinkContext;
import io.sluice.sdk.sink.SinkReport;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The smallest engine: what a source offers goes to a sink, again while it is not stored. No
 * checkpoints.
 */
final class DirectFlow implements BatchReceiver, AutoCloseable {
  private static final ProxyPool PROXIES = new ProxyPool();

  private final Source source;
  private final Sink sink;
  private final Scheduler scheduler;
  private final List<Partition> partitions = new ArrayList<>();
  private final Map<Partition, ResumePoint> known;
  final AtomicLong offered = new AtomicLong();
  final AtomicLong records = new AtomicLong();
  final AtomicLong batches = new AtomicLong();
  final ConcurrentLinkedQueue<SluiceException> troubles = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<SluiceException> failures = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<WriteResult> unstored = new ConcurrentLinkedQueue<>();
  final AtomicLong recoveries = new AtomicLong();
  final AtomicLong echoes = new AtomicLong();
  final AtomicLong duplicates = new AtomicLong();
  final ConcurrentLinkedQueue<Partition> revocations = new ConcurrentLinkedQueue<>();

  DirectFlow(
      RocketMqSourceConfiguration from,
      RocketMqSinkConfiguration to,
      Map<String, Instance> instances,
      ClientPool clients,
      Scheduler scheduler,
      Map<Partition, ResumePoint> known,
      String runtime) {
    this.scheduler = scheduler;
    this.known = new ConcurrentHashMap<>(known);
    Context context = new Context(runtime, instances, scheduler, new Counts());
    this.source =
        speaksGrpc(instances.get(from.instance()))
            ? new GrpcSource(from, context, PROXIES, clients)
            : new RocketMqSource(from, context, clients);
    this.sink =
        speaksGrpc(instances.get(to.instance()))
            ? new GrpcSink(to, context, PROXIES)
            : new RocketMqSink(to, context, clients, new Buffers(), new Neighbours());
  }

  private static boolean speaksGrpc(Instance instance) {
    return instance.protocol() == Protocol.GRPC;
  }

  CompletionStage<Void> start() {
    return source.start(this);
  }

  Source source() {
    return source;
  }

  @Override
  public CompletionStage<Map<Partition, ResumePoint>> assigned(List<Partition> added) {
    List<Partition> all;
    synchronized (partitions) {
      partitions.addAll(added);
      all = List.copyOf(partitions);
    }
    Map<Partition, TargetPosition> targets = new HashMap<>();
    known.forEach((partition, point) -> targets.put(partition, point.target().orElseThrow()));
    return sink.prepare(all, targets)
        .thenCompose(ready -> sink.tails(added, known))
        .thenApply(this::landmarked);
  }

  private Map<Partition, ResumePoint> landmarked(Map<Partition, ResumePoint> tails) {
    Map<Partition, ResumePoint> points = new HashMap<>(known);
    tails.forEach(
        (partition, tail) ->
            points.merge(partition, tail, (before, found) -> found.orLandmarkOf(before)));
    return points;
  }

  @Override
  public CompletionStage<Void> revoked(List<Partition> gone) {
    revocations.addAll(gone);
    synchronized (partitions) {
      partitions.removeAll(gone);
    }
    return sink.release(gone);
  }

  @Override
  public void offer(Batch batch) {
    offered.incrementAndGet();
    if (batch.isEmpty()) {
      batches.incrementAndGet();
      source.done(batch, Optional.empty());
      return;
    }
    settle(batch, batch, sink.write(batch));
  }

  private void settle(Batch whole, Batch rest, CompletionStage<WriteResult> answer) {
    answer.thenAccept(
        result -> {
          if (result instanceof WriteResult.Stored stored) {
            records.addAndGet(whole.count());
            batches.incrementAndGet();
            source.done(whole, stored.target());
            return;
          }
          unstored.add(result);
          if (result instanceof WriteResult.Unknown unknown) {
            Batch open = rest.from(unknown.from());
            scheduler.after(Duration.ofMillis(200), () -> settle(whole, open, sink.resolve(open)));
          } else if (result instanceof WriteResult.NotStored refused) {
            again(whole, rest, refused.from(), refused.reason());
          }
        });
  }

  private void again(Batch whole, Batch rest, Position from, SluiceException reason) {
    if (!(reason instanceof RetriableException)) {
      failures.add(reason);
      return;
    }
    Batch open = rest.from(from);
    scheduler.after(Duration.ofMillis(200), () -> settle(whole, open, sink.write(open)));
  }

  @Override
  public void troubled(SluiceException cause) {
    troubles.add(cause);
  }

  @Override
  public void recovered() {
    recoveries.incrementAndGet();
  }

  @Override
  public void failed(SluiceException cause) {
    failures.add(cause);
  }

  /** Like the engine: what is offered comes to its end first. */
  @Override
  public void close() {
    source.pause();
    Instant limit = Instant.now().plusSeconds(5);
    await().until(() -> offered.get() == batches.get() || Instant.now().isAfter(limit));
    source.stop().toCompletableFuture().join();
    sink.close();
  }

  private final class Counts implements SinkReport {
    @Override
    public void echoes(long records) {
      echoes.addAndGet(records);
    }

    @Override
    public void duplicates(long records) {
      duplicates.addAndGet(records);
    }
  }

  private record Context(
      String runtime, Map<String, Instance> instances, Scheduler scheduler, SinkReport report)
      implements SourceContext, SinkContext {
    @Override
    public String flow() {
      return "direct";
    }

    @Override
    public Instance instance(String name) {
      return instances.get(name);
    }

    @Override
    public InFlightLimit inFlightLimit() {
      return InFlightLimit.DEFAULT;
    }
  }
}
