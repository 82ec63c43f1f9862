package io.sluice.engine;

import io.sluice.engine.delivery.Consignment;
import io.sluice.engine.delivery.Delivery;
import io.sluice.engine.delivery.DeliveryListener;
import io.sluice.engine.route.Matching;
import io.sluice.engine.route.Passage;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.TargetPosition;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One batch of a run, from offer to done. Each step is called by whoever finished the one before,
 * so no lock is needed.
 */
class BatchPassage implements Passage, DeliveryListener {
  private final FlowRun run;
  private final Lane lane;
  private final Batch offered;
  private final Matching matching;
  private Optional<Consignment.Refusal> refusal = Optional.empty();
  private @Nullable Exit exit;
  private boolean troubled;

  BatchPassage(FlowRun run, Lane lane, Batch offered, Matching matching) {
    this.run = run;
    this.lane = lane;
    this.offered = offered;
    this.matching = matching;
  }

  @Override
  public Batch offered() {
    return offered;
  }

  @Override
  public Matching matching() {
    return matching;
  }

  /** Nothing behind the record is delivered; of two rules the one that failed earlier counts. */
  @Override
  public boolean refused(Position position, SluiceException cause) {
    refusal = Optional.of(new Consignment.Refusal(position, cause)); // each rule sees less
    return false;
  }

  @Override
  public boolean hasRefusals() {
    return refusal.isPresent();
  }

  @Override
  public void deliver(Batch batch, Exit atTheEnd) {
    exit = atTheEnd;
    if (batch.isEmpty()) {
      through(Optional.empty());
      return;
    }
    Delivery delivery =
        new Delivery(
            run.flow(), run.sink(), batch, run.parts().scheduler(), run.parts().backoff(), this);
    if (lane.delivers(delivery) && !run.hasEnded()) {
      delivery.start();
    } else { // revoked or ended between the offer and here
      delivery.abandon();
    }
  }

  @Override
  public void repeated() {
    run.counters().retried();
  }

  @Override
  public void unknown() {
    run.counters().unknown();
  }

  @Override
  public void troubled(SluiceException reason) {
    troubled = true;
    run.troubledAt(offered.partition(), reason);
  }

  @Override
  public void stored(Optional<TargetPosition> target) {
    if (troubled) {
      run.recoveredAt(offered.partition());
    }
    through(target);
  }

  /** What came before a record that a rule failed on is stored, and the flow stops at it. */
  private void through(Optional<TargetPosition> target) {
    Exit atTheEnd = Objects.requireNonNull(exit);
    if (refusal.isPresent()) {
      atTheEnd.failed(refusal.get().reason());
    } else {
      atTheEnd.stored(target);
    }
  }

  @Override
  public void refused(Batch rest, SluiceException reason) {
    Objects.requireNonNull(exit).failed(reason);
  }

  @Override
  public void abandoned() {
    if (troubled) {
      run.recoveredAt(offered.partition());
    }
    Objects.requireNonNull(exit).failed(new CancellationException("given up"));
  }

  @Override
  public void passed(Batch batch, Optional<TargetPosition> target) {
    if (run.hasEnded()) {
      return;
    }
    count(batch);
    lane.leave(offered); // before done, which may offer the next one
    if (!lane.isRevoked()) {
      try {
        run.source().done(offered, target); // I1
      } catch (RuntimeException | Error failure) {
        run.fail(Failures.of(failure, "the source", place()));
      }
    }
    run.open().left(offered.count()); // after done: who waits for quiet reads the positions
  }

  /** Counts a batch that is through, with what the rules left of it. */
  void count(Batch left) {
    run.counters().done(left.count(), offered.count() - left.count());
  }

  FlowRun run() {
    return run;
  }

  Lane lane() {
    return lane;
  }

  @Override
  public void failed(Throwable cause) {
    if (run.hasEnded()) {
      return;
    }
    if (!lane.isRevoked()) {
      run.fail(Failures.of(cause, "the route", place())); // I1: not done, so never acknowledged
    }
    run.open().left(offered.count());
  }

  private Location place() {
    return Location.InFlow.of(run.flow(), offered.partition(), offered.first());
  }
}
