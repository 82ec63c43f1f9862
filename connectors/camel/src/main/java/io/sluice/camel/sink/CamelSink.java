package io.sluice.camel.sink;

import io.sluice.camel.endpoint.Concealment;
import io.sluice.camel.endpoint.EndpointContext;
import io.sluice.camel.endpoint.EndpointThreads;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.SinkContext;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.sink.WriteResult.NotStored;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Endpoint;

/**
 * A sink that gives records to an endpoint. It cannot look at what is there: what it does not know
 * to have failed or succeeded is sent again.
 */
public final class CamelSink implements Sink {
  private final CamelSinkConfiguration configuration;
  private final SinkContext context;
  private final Concealment concealment;
  private final ExchangeFailures failures;
  private final ExecutorService lifecycle;
  private final ExecutorService writers;
  private final Turns turns;

  // Guarded by this.
  private Optional<Started> started = Optional.empty();
  private boolean closed;

  /** An endpoint that takes exchanges. */
  private record Started(EndpointContext context, Exchanges exchanges, BatchWrite.Means means) {}

  public CamelSink(CamelSinkConfiguration configuration, SinkContext context) {
    this.configuration = configuration;
    this.context = context;
    this.concealment = new Concealment(configuration.address(), configuration.headers());
    this.failures = new ExchangeFailures(configuration.address(), concealment);
    this.lifecycle = EndpointThreads.of(1, context.flow());
    this.writers = EndpointThreads.of(configuration.concurrency(), context.flow());
    this.turns = new Turns(configuration.concurrency(), writers);
  }

  @Override
  public synchronized CompletionStage<Void> prepare(
      List<Partition> partitions, Map<Partition, TargetPosition> known) {
    return closed
        ? new CompletableFuture<>()
        : CompletableFuture.runAsync(this::startOnce, lifecycle);
  }

  private void startOnce() {
    if (started().isPresent()) {
      return;
    }
    EndpointContext endpoint =
        new EndpointContext(context.flow(), configuration.address(), concealment);
    try {
      Endpoint to = endpoint.start();
      EndpointProducers producers = EndpointProducers.of(to, endpoint);
      BatchWrite.Means means =
          new BatchWrite.Means(
              producers::send, failures, context.scheduler(), writers, configuration.timeout());
      started(new Started(endpoint, new Exchanges(to, configuration), means));
    } catch (RuntimeException failure) {
      endpoint.close();
      throw failure;
    }
  }

  private synchronized Optional<Started> started() {
    return started;
  }

  private synchronized void started(Started endpoint) {
    started = Optional.of(endpoint);
  }

  @Override
  public CompletionStage<WriteResult> write(Batch batch) {
    Started to = started().orElseThrow(() -> new IllegalStateException("not prepared"));
    BatchWrite write = new BatchWrite(batch, to.exchanges().of(batch), to.means(), turns::over);
    turns.take(write);
    return write.answer();
  }

  @Override
  public CompletionStage<WriteResult> resolve(Batch batch) {
    return CompletableFuture.completedFuture(new NotStored(batch.first(), failures.unresolvable()));
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    writers.shutdown();
    lifecycle.execute(() -> started().ifPresent(endpoint -> endpoint.context().close()));
    lifecycle.shutdown();
  }
}
