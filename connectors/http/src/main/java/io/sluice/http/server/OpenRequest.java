package io.sluice.http.server;

import io.sluice.http.admission.Refusal;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.event.Event;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.source.Arrival;
import io.sluice.sdk.time.Scheduler.Cancellable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A request that waits for its event to be stored. It is answered once. Thread-safe. */
public final class OpenRequest implements Arrival {
  /** Rough size of the objects around an event, in bytes. */
  private static final int OVERHEAD = 1_000;

  private final Event event;
  private final Instant arrivedAt;
  private final Caller caller;
  private final List<String> methods;

  // Guarded by this.
  private Optional<Cancellable> alarm = Optional.empty();
  private boolean answered;

  OpenRequest(Event event, Instant arrivedAt, Caller caller, List<String> methods) {
    this.event = event;
    this.arrivedAt = arrivedAt;
    this.caller = caller;
    this.methods = methods;
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public long bytes() {
    return event.size() + OVERHEAD;
  }

  @Override
  public List<DetachedRecord> records(String topic, Position first) {
    return List.of(event.record(topic, first, arrivedAt));
  }

  /** What is to be cancelled when the request is answered. */
  public void wakes(Cancellable timer) {
    synchronized (this) {
      if (!answered) {
        alarm = Optional.of(timer);
        return;
      }
    }
    timer.cancel();
  }

  /** Its event is stored, or dropped by a rule. */
  public void stored() {
    answer(Answer.stored(event.id()));
  }

  /** Its event is not known to be stored. */
  public void refused(Refusal refusal) {
    answer(Answer.refused(refusal, methods));
  }

  private void answer(Answer answer) {
    synchronized (this) {
      if (answered) {
        return;
      }
      answered = true;
      alarm.ifPresent(Cancellable::cancel);
    }
    caller.answer(answer);
  }
}
