package io.sluice.engine.reading;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.Starting;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The reading of a flow that reads for itself while it is not at the shared one, and looks now and
 * then whether it has come near enough to take part there. Thread-safe.
 */
final class OwnReading implements BatchReceiver {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Detour detour;
  private final SharedSource member;
  private final SharedReading reading;
  private final Source source;
  private final Scheduler scheduler;

  OwnReading(Detour detour, SharedSource member, Source source) {
    this.detour = detour;
    this.member = member;
    this.reading = member.reading();
    this.source = source;
    this.scheduler = member.context().scheduler();
  }

  Source source() {
    return source;
  }

  void begin() {
    Starting.of(source, this)
        .whenComplete(
            (nothing, failure) -> {
              if (detour.started(this, Optional.ofNullable(failure))) {
                watch();
              }
            });
  }

  private void watch() {
    scheduler.after(LOOK, () -> reading.change(this::look));
  }

  private void look(Aftermath after) {
    if (!detour.isBy(this) || reading.hasEnded()) {
      return;
    }
    Map<Partition, Origin> places = Map.of();
    boolean near = !member.isPaused() && member.seats().haveBegun(reading.window());
    if (near) {
      places = member.seats().places(reading.window(), source.progress());
      near =
          !reading.hasBegun()
              || member.seats().areNear(reading.window(), places, reading.standing());
    }
    if (near) {
      Map<Partition, Origin> known = places;
      after.then(() -> source.stop().whenComplete((end, failure) -> detour.join(this, known)));
    } else {
      after.then(this::watch);
    }
  }

  @Override
  public CompletionStage<Map<Partition, ResumePoint>> assigned(List<Partition> partitions) {
    return detour.assigned(partitions);
  }

  @Override
  public void offer(Batch batch) {
    reading.change(after -> member.offeredBy(this, batch, after));
  }

  /** Who reads without a group shares its partitions with nobody. */
  @Override
  public CompletionStage<Void> revoked(List<Partition> partitions) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void troubled(SluiceException cause) {
    tell(() -> member.receiver().troubled(cause));
  }

  @Override
  public void recovered() {
    tell(() -> member.receiver().recovered());
  }

  @Override
  public void failed(SluiceException cause) {
    tell(() -> member.receiver().failed(cause));
  }

  /** The flow has no ears for a reading that it has left. */
  private void tell(Runnable words) {
    reading.change(
        after -> {
          if (detour.isBy(this)) {
            after.then(words);
          }
        });
  }
}
