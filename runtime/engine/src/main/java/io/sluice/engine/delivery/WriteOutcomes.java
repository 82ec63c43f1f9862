package io.sluice.engine.delivery;

import io.sluice.engine.delivery.Consignment.Refusal;
import io.sluice.engine.delivery.RetrySchedule.Next;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.RefusedRecordException;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.sink.TargetPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What becomes of a partition's records after a write: they are through, are tried again, are given
 * up, or end the flow. Touched on the partition's serial executor alone.
 */
final class WriteOutcomes implements TargetWrites.Outcome {
  /** How often the breaker is asked while it is open. */
  private static final Duration BREAKER_INTERVAL = Duration.ofSeconds(1);

  private final DeliveryTerms terms;
  private final PartitionListener listener;
  private final Retries retries;
  private final Undeliverables undeliverables;
  private final Course course;
  private boolean troubled;

  /** Whether the target refused one of several records: the first is to be asked for alone. */
  private boolean suspicious;

  /** Failed attempts in a row that are not a strategy's. */
  private int failures;

  WriteOutcomes(
      DeliveryTerms terms,
      PartitionListener listener,
      Retries retries,
      Undeliverables undeliverables,
      Course course) {
    this.terms = terms;
    this.listener = listener;
    this.retries = retries;
    this.undeliverables = undeliverables;
    this.course = course;
  }

  /** How the partition goes on. Called on its serial executor. */
  interface Course {

    /** With the next thing to be done. */
    void proceed();

    /** With nothing for a while, then with the next thing. */
    void rest(Duration time);

    /** Not at all. */
    void fail(SluiceException reason);
  }

  /** Whether the next record is to be asked for alone; asked once for each write. */
  boolean suspects() {
    boolean suspects = suspicious;
    suspicious = false;
    return suspects;
  }

  /** A rule failed on a record. */
  void refused(Consignment consignment, Instant now) {
    Refusal refusal = consignment.refusal().orElseThrow();
    undeliverables.letGo(
        consignment,
        refusal.position(),
        Failure.once(refusal.reason(), now),
        new LetGo(consignment::refusalIsOver));
  }

  @Override
  public void shut() {
    course.rest(BREAKER_INTERVAL);
  }

  @Override
  public void troubled(SluiceException reason) {
    troubled = true;
    listener.troubled(reason);
  }

  private void calm() {
    if (troubled && retries.bench().isEmpty()) {
      troubled = false;
      listener.recovered();
    }
  }

  @Override
  public void stored(Consignment consignment, Batch unit, Optional<TargetPosition> target) {
    failures = 0;
    if (unit.count() == 1) {
      retries.over(first(unit).position());
    }
    consignment.stored(unit, target);
    calm();
    course.proceed();
  }

  @Override
  public void notStored(Consignment consignment, Batch unit, Batch rest, SluiceException reason) {
    if (rest.count() < unit.count()) {
      failures = 0;
      consignment.storedBefore(rest, unit);
    }
    if (reason instanceof RetriableException) {
      troubled(reason);
      terms
          .retries()
          .ifPresentOrElse(
              schedule -> retry(consignment, first(rest), reason, schedule),
              () -> course.rest(terms.backoff().after(++failures)));
    } else if (!(reason instanceof RefusedRecordException)) {
      course.fail(reason);
    } else if (unit.count() > 1) {
      suspicious = true;
      course.proceed();
    } else {
      Position position = first(unit).position();
      giveUp(consignment, position, failure(position, reason));
    }
  }

  private static Record first(Batch batch) {
    return batch.records().iterator().next();
  }

  private void retry(
      Consignment consignment, Record record, SluiceException reason, RetrySchedule schedule) {
    Failure failure = failure(record.position(), reason);
    Next next = schedule.after(failure.attempts(), failure.first(), failure.last());
    if (next instanceof Next.Retry retry) {
      retries.add(consignment, record, failure, retry.due(), course::proceed);
    } else if (next instanceof Next.Exhausted exhausted) {
      giveUp(consignment, record.position(), failure.until(exhausted.cap()));
    }
  }

  private Failure failure(Position position, SluiceException reason) {
    return retries.bench().failure(position, reason, terms.scheduler().now());
  }

  private void giveUp(Consignment consignment, Position position, Failure failure) {
    if (!terms.tolerant()) {
      course.fail(undeliverables.reason(position, failure));
      return;
    }
    undeliverables.letGo(
        consignment,
        position,
        failure,
        new LetGo(
            () -> {
              retries.over(position);
              consignment.givenUp(position);
            }));
  }

  /** What becomes of a record that is let go; only then the partition goes on (I1). */
  private final class LetGo implements DeadLetters.Fate {
    private final Runnable afterwards;

    private LetGo(Runnable afterwards) {
      this.afterwards = afterwards;
    }

    @Override
    public void stored() {
      afterwards.run();
      calm();
      course.proceed();
    }

    @Override
    public void held(SluiceException reason) {
      troubled(reason);
    }

    @Override
    public void refused(SluiceException reason) {
      course.fail(reason);
    }
  }
}
