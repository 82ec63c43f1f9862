package io.sluice.camel.source;

import io.sluice.camel.endpoint.Concealment;
import io.sluice.camel.endpoint.EndpointContext;
import io.sluice.camel.endpoint.EndpointThreads;
import io.sluice.camel.message.MessageReader;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.Intake;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.source.Starting;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Endpoint;

/**
 * A source whose records are the messages of an endpoint. An exchange is complete when its records
 * are done, and fails when the flow stops before that, so an endpoint that keeps its messages gives
 * them again.
 *
 * <p>Camel's calls that block run on one thread of the source's own, ends of exchanges on a few
 * others: with them the endpoint deletes files or answers requests.
 */
public final class CamelSource implements Source {
  private static final int END_THREADS = 4;

  private final CamelSourceConfiguration configuration;
  private final SourceContext context;
  private final EndpointContext endpoint;
  private final ExecutorService lifecycle;
  private final ExecutorService ends;
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();

  // Guarded by this. No receiver and no intake before the resume point is known.
  private Optional<BatchReceiver> receiver = Optional.empty();
  private Optional<Intake<OpenExchange>> intake = Optional.empty();
  private boolean paused;
  private boolean stopping;
  private int offers;

  public CamelSource(CamelSourceConfiguration configuration, SourceContext context) {
    this.configuration = configuration;
    this.context = context;
    this.endpoint =
        new EndpointContext(
            context.flow(),
            configuration.address(),
            new Concealment(configuration.address(), Map.of()));
    this.lifecycle = EndpointThreads.of(1, context.flow());
    this.ends = EndpointThreads.of(END_THREADS, context.flow());
  }

  @Override
  public CompletionStage<Void> start(BatchReceiver engine) {
    Partition partition =
        new Partition("camel/" + URLEncoder.encode(context.flow(), StandardCharsets.UTF_8), 0);
    return Starting.of(
        CompletableFuture.supplyAsync(endpoint::start, lifecycle)
            .thenCompose(
                made ->
                    engine
                        .assigned(List.of(partition))
                        .thenAcceptAsync(
                            points -> begin(engine, made, partition, points), lifecycle)));
  }

  private void begin(
      BatchReceiver engine,
      Endpoint from,
      Partition partition,
      Map<Partition, ResumePoint> points) {
    ResumePoint beginning = new ResumePoint(new Position(0), Optional.empty());
    Intake<OpenExchange> lane =
        new Intake<>(
            partition,
            configuration.shownTopic(),
            points.getOrDefault(partition, beginning),
            context.inFlightLimit());
    synchronized (this) {
      receiver = Optional.of(engine);
      intake = Optional.of(lane);
      lane.pause(paused);
      if (stopping) {
        return;
      }
    }
    Reception reception =
        new Reception(
            new MessageReader(configuration.taking()), lane, context.scheduler(), this::wake);
    endpoint.receive(from, reception);
  }

  @Override
  public void pause() {
    paused(true);
    onLifecycle(endpoint::suspend);
  }

  @Override
  public void resume() {
    paused(false);
    onLifecycle(endpoint::resume);
    wake();
  }

  private synchronized void paused(boolean pausing) {
    paused = pausing;
    intake.ifPresent(lane -> lane.pause(pausing));
  }

  private synchronized void onLifecycle(Runnable task) {
    if (!stopping) {
      lifecycle.execute(task);
    }
  }

  /** Offers the next batch soon, if there is one. */
  private void wake() {
    context.scheduler().execute(this::offer);
  }

  private void offer() {
    BatchReceiver engine;
    Batch batch;
    synchronized (this) {
      Optional<Batch> next = intake.flatMap(Intake::take);
      if (next.isEmpty()) {
        return;
      }
      engine = receiver.orElseThrow();
      batch = next.get();
      offers++;
    }
    try {
      // Not under the lock: the batch may be done inside this call.
      engine.offer(batch);
    } finally {
      offered();
    }
  }

  private synchronized void offered() {
    offers--;
    notifyAll();
  }

  @Override
  public void done(Batch batch, Optional<TargetPosition> stored) {
    Intake<OpenExchange> lane;
    synchronized (this) {
      lane = intake.orElseThrow();
    }
    List<OpenExchange> done = lane.done(batch.next(), stored);
    ends.execute(
        () -> {
          for (OpenExchange arrival : done) {
            ExchangeEnd.stored(arrival.exchange());
            arrival.callback().done(false);
          }
        });
    wake();
  }

  @Override
  public synchronized List<PartitionProgress> progress() {
    return intake.map(lane -> List.of(lane.progress())).orElse(List.of());
  }

  @Override
  public CompletionStage<Void> stop() {
    synchronized (this) {
      if (!stopping) {
        stopping = true;
        lifecycle.execute(this::wind);
        lifecycle.shutdown();
      }
    }
    return stopped.minimalCompletionStage();
  }

  /** Gives up what is not done, before Camel would wait for it. */
  private void wind() {
    try {
      List<OpenExchange> left;
      synchronized (this) {
        left = intake.map(Intake::close).orElse(List.of());
      }
      for (OpenExchange arrival : left) {
        ExchangeEnd.givenUp(arrival.exchange());
        arrival.callback().done(false);
      }
      endpoint.close();
      ends.shutdown();
      awaitQuiet();
    } finally {
      stopped.complete(null);
    }
  }

  private synchronized void awaitQuiet() {
    while (offers > 0) {
      try {
        wait();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
