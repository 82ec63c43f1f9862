package io.sluice.rocketmq.transport;

import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.ClientPool;
import io.sluice.rocketmq.grpc.ProxyPool;
import io.sluice.rocketmq.grpc.sink.GrpcSink;
import io.sluice.rocketmq.grpc.source.GrpcSource;
import io.sluice.rocketmq.sink.Echoes;
import io.sluice.rocketmq.sink.RocketMqSinkConfiguration;
import io.sluice.rocketmq.source.ConsumeOffset;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.sink.SinkContext;
import io.sluice.sdk.sink.SinkReport;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.time.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Writes one record by gRPC, or reads one, by new connections. */
record ProxyVisitor(Instance instance, Scheduler scheduler) {
  static final String WELCOME = "welcome";
  private static final Partition LANE = new Partition("elsewhere/orders/broker/0", 0);

  /** What comes of a visit that writes: "welcome", or the error. */
  Object write(String topic) {
    RocketMqSinkConfiguration to =
        new RocketMqSinkConfiguration(instance.name(), topic, false, true, Echoes.DROP);
    DetachedRecord record =
        DetachedRecord.builder(topic, new Position(0)).body("body".getBytes()).build();
    Batch batch =
        Batch.of(LANE, new Position(0), new Position(1), new RecordPayload(List.of(record)));
    try (GrpcSink sink = new GrpcSink(to, new Context(), new ProxyPool())) {
      sink.prepare(List.of(LANE), Map.of()).toCompletableFuture().join();
      WriteResult result = sink.write(batch).toCompletableFuture().join();
      return result instanceof WriteResult.NotStored refused
          ? refused.reason()
          : result instanceof WriteResult.Stored ? WELCOME : result;
    } catch (CompletionException wrapped) {
      return CallFailure.unwrap(wrapped);
    }
  }

  /** What comes of a visit that reads a topic to which somebody writes: "welcome", or the error. */
  Object read(String topic, String group, Runnable somebody) {
    RocketMqSourceConfiguration from =
        new RocketMqSourceConfiguration(
            instance.name(),
            topic,
            Optional.of(group),
            "TAG",
            "*",
            Optional.empty(),
            ConsumeOffset.CONSUME_FROM_LAST_OFFSET,
            Optional.empty(),
            "fail");
    Reader reader = new Reader();
    GrpcSource source = new GrpcSource(from, new Context(), new ProxyPool(), new ClientPool());
    source
        .start(reader)
        .whenComplete(
            (started, failure) -> {
              if (failure != null) {
                reader.outcome.complete(CallFailure.unwrap(failure));
              }
            });
    try {
      for (int attempt = 0; attempt < 100 && !reader.outcome.isDone(); attempt++) {
        somebody.run();
        CompletableFuture<Object> soon =
            reader.outcome.copy().completeOnTimeout("", 300, TimeUnit.MILLISECONDS);
        soon.join();
      }
      return reader.outcome.getNow("nothing came");
    } finally {
      source.stop().toCompletableFuture().join();
    }
  }

  private static final class Reader implements BatchReceiver {
    private final CompletableFuture<Object> outcome = new CompletableFuture<>();

    @Override
    public CompletionStage<Map<Partition, ResumePoint>> assigned(List<Partition> partitions) {
      return CompletableFuture.completedFuture(Map.of());
    }

    @Override
    public void offer(Batch batch) {
      outcome.complete(WELCOME);
    }

    @Override
    public CompletionStage<Void> revoked(List<Partition> partitions) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void troubled(SluiceException cause) {
      outcome.complete(cause);
    }

    @Override
    public void recovered() {}

    @Override
    public void failed(SluiceException cause) {
      outcome.complete(cause);
    }
  }

  private final class Context implements SourceContext, SinkContext {
    @Override
    public String flow() {
      return "visit";
    }

    @Override
    public String runtime() {
      return "visitor";
    }

    @Override
    public Instance instance(String name) {
      return instance;
    }

    @Override
    public Scheduler scheduler() {
      return scheduler;
    }

    @Override
    public InFlightLimit inFlightLimit() {
      return InFlightLimit.DEFAULT;
    }

    @Override
    public SinkReport report() {
      return new SinkReport() {
        @Override
        public void echoes(long records) {}

        @Override
        public void duplicates(long records) {}
      };
    }
  }
}
