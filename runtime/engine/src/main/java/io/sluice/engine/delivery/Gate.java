package io.sluice.engine.delivery;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What each write of a flow with run options goes through: a turn, the target's breaker, the
 * throttle. One write of a partition at a time.
 */
final class Gate {
  private final Optional<Turns> turns;
  private final TargetBreaker breaker;
  private final Optional<Throttle> throttle;
  private final Scheduler scheduler;
  private final Executor serial;

  /** Whether the write that was let in last was let in by the breaker. */
  private boolean asked;

  /**
   * @param serial where callbacks run
   */
  Gate(DeliveryTerms terms, Executor serial) {
    this.turns = terms.turns();
    this.breaker = terms.breaker();
    this.throttle = terms.throttle();
    this.scheduler = terms.scheduler();
    this.serial = serial;
  }

  /** As much of a batch as may be written at once. */
  Batch share(Batch batch) {
    return throttle.map(limit -> limit.share(batch)).orElse(batch);
  }

  /**
   * Asks to be let in with a batch.
   *
   * @param begin called once it may be written; whoever began says how it ended
   * @param shut called instead while the target's breaker lets nothing through
   */
  void enter(Batch batch, Runnable begin, Runnable shut) {
    Runnable turn = () -> serial.execute(() -> hasTurn(batch, begin, shut));
    turns.ifPresentOrElse(all -> all.take(turn), turn);
  }

  /**
   * Asks to be let in with a record that is tried again. Its strategy says when, so the breaker is
   * not asked; nor does it count the failure, which may be the record's.
   */
  void enterAgain(Batch batch, Runnable begin) {
    Runnable turn =
        () ->
            serial.execute(
                () -> {
                  asked = false;
                  throttled(batch, begin);
                });
    turns.ifPresentOrElse(all -> all.take(turn), turn);
  }

  private void hasTurn(Batch batch, Runnable begin, Runnable shut) {
    if (!breaker.permits()) {
      endTurn();
      shut.run();
      return;
    }
    asked = true;
    throttled(batch, begin);
  }

  private void throttled(Batch batch, Runnable begin) {
    Duration wait = throttle.map(limit -> limit.take(batch)).orElse(Duration.ZERO);
    if (wait.isZero()) {
      begin.run();
    } else {
      scheduler.after(wait, () -> serial.execute(begin));
    }
  }

  /** The target answered. */
  void answered() {
    if (asked) {
      breaker.succeeded();
    } else {
      breaker.proved();
    }
    endTurn();
  }

  /** The target took nothing for now. */
  void failed(Throwable reason) {
    if (asked) {
      breaker.failed(reason);
    }
    endTurn();
  }

  /** The write never began, or its end is open. */
  void withdrawn() {
    if (asked) {
      breaker.withdrawn();
    }
    endTurn();
  }

  private void endTurn() {
    turns.ifPresent(Turns::end);
  }
}
