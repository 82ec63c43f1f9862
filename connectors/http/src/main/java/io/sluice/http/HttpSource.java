package io.sluice.http;

import io.sluice.http.admission.Refusal;
import io.sluice.http.server.OpenRequest;
import io.sluice.http.server.RequestEvents;
import io.sluice.http.server.WebhookServer;
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
import io.sluice.sdk.time.Rounds;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A source whose records are requests. A request is answered with 200 when its record is done (I1),
 * and with an error as soon as it is clear that it will not be, or when its caller has waited long
 * enough.
 */
final class HttpSource implements Source {
  private final SourceContext context;
  private final Duration answerTimeout;
  private final WebhookServer server;
  private final Rounds rounds;

  // Guarded by this. No receiver and no intake before the resume point is known.
  private Optional<BatchReceiver> receiver = Optional.empty();
  private Optional<Intake<OpenRequest>> intake = Optional.empty();
  private boolean paused;
  private boolean stopping;

  HttpSource(HttpSourceConfiguration configuration, SourceContext context) {
    this.context = context;
    this.answerTimeout = Duration.ofSeconds(configuration.answerTimeoutSeconds());
    this.rounds = new Rounds(context.scheduler(), this::round);
    this.server =
        new WebhookServer(
            configuration,
            context.flow(),
            context.sourceName(),
            context.scheduler()::now,
            this::take);
  }

  @Override
  public CompletionStage<Void> start(BatchReceiver engine) {
    Partition partition =
        new Partition("http/" + URLEncoder.encode(context.flow(), StandardCharsets.UTF_8), 0);
    CompletionStage<Void> listening =
        engine
            .assigned(List.of(partition))
            .thenAccept(points -> begin(engine, partition, points))
            .thenCompose(nothing -> server.start());
    return Starting.of(
        listening.whenComplete(
            (nothing, failure) -> {
              if (failure != null) {
                server.stop();
              }
            }));
  }

  private synchronized void begin(
      BatchReceiver engine, Partition partition, Map<Partition, ResumePoint> points) {
    ResumePoint beginning = new ResumePoint(new Position(0), Optional.empty());
    Intake<OpenRequest> lane =
        new Intake<>(
            partition,
            RequestEvents.TOPIC,
            points.getOrDefault(partition, beginning),
            context.inFlightLimit());
    lane.pause(paused);
    receiver = Optional.of(engine);
    intake = Optional.of(lane);
  }

  private synchronized Intake<OpenRequest> lane() {
    return intake.orElseThrow();
  }

  /** Called on the server's threads. */
  private void take(OpenRequest request) {
    switch (lane().tryEnter(request)) {
      case FULL -> request.refused(Refusal.busy());
      case CLOSED -> request.refused(Refusal.notStored("the flow is paused or stops"));
      case ENTERED -> {
        request.wakes(context.scheduler().after(answerTimeout, () -> late(request)));
        rounds.request();
      }
    }
  }

  /** Its caller has waited long enough. */
  private void late(OpenRequest request) {
    request.refused(
        lane().withdraw(request)
            ? Refusal.notStored("the target did not take the event in time")
            : Refusal.outcomeUnknown());
  }

  @Override
  public void pause() {
    paused(true);
  }

  @Override
  public void resume() {
    paused(false);
    rounds.request();
  }

  private synchronized void paused(boolean pausing) {
    paused = pausing;
    intake.ifPresent(lane -> lane.pause(pausing));
  }

  /** Offers what has come in; there is no more before that is done. */
  private boolean round() {
    Optional<Batch> batch = taken();
    // Not under the lock: the batch may be done inside this call.
    batch.ifPresent(requests -> engine().offer(requests));
    return false;
  }

  private synchronized Optional<Batch> taken() {
    return intake.flatMap(Intake::take);
  }

  private synchronized BatchReceiver engine() {
    return receiver.orElseThrow();
  }

  @Override
  public void done(Batch batch, Optional<TargetPosition> stored) {
    lane().done(batch.next(), stored).forEach(OpenRequest::stored);
    rounds.request();
  }

  @Override
  public synchronized List<PartitionProgress> progress() {
    return intake.map(lane -> List.of(lane.progress())).orElse(List.of());
  }

  @Override
  public CompletionStage<Void> stop() {
    List<OpenRequest> left;
    synchronized (this) {
      left = stopping ? List.of() : intake.map(Intake::close).orElse(List.of());
      stopping = true;
    }
    left.forEach(
        request ->
            request.refused(
                Refusal.notStored(
                    "the flow stopped before it was known that the event is stored")));
    return rounds.stop().thenCompose(quiet -> server.stop());
  }
}
