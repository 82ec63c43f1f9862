package io.sluice.engine.delivery;

import io.sluice.engine.delivery.RetrySchedule.Cap;
import io.sluice.engine.error.EngineError;
import io.sluice.engine.time.SerialExecutor;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.util.Optional;

/** The records of a partition that cannot be delivered: dead-lettered, dropped, or the end. */
final class Undeliverables {
  private final DeliveryTerms terms;
  private final Partition partition;
  private final PartitionListener listener;
  private final SerialExecutor serial;
  private final SoleDelivery delivery;
  private final Optional<DeadLetters> deadLetters;

  Undeliverables(
      DeliveryTerms terms,
      Partition partition,
      PartitionListener listener,
      SerialExecutor serial,
      SoleDelivery delivery) {
    this.terms = terms;
    this.partition = partition;
    this.listener = listener;
    this.serial = serial;
    this.delivery = delivery;
    this.deadLetters =
        terms.deadLetters().map(queue -> new DeadLetters(terms, partition, listener, queue));
  }

  /**
   * Dead-letters a record, or drops it.
   *
   * @param fate told on the serial executor; a record that is dropped counts as stored
   */
  void letGo(Consignment consignment, Position position, Failure failure, DeadLetters.Fate fate) {
    terms.repeats().ifPresent(repeats -> repeats.forget(partition, consignment.original(position)));
    if (deadLetters.isPresent()) {
      delivery.begin(
          deadLetters.get().letter(consignment, position, failure, new SerialFate(fate)));
    } else {
      listener.dropped(failure.reason().at(place(position)));
      serial.execute(fate::stored); // not nested, as there may be many in a row
    }
  }

  /** Why a flow ends that goes on without no record. */
  SluiceException reason(Position position, Failure failure) {
    return failure
        .exhausted()
        .<SluiceException>map(cap -> exhausted(position, failure, cap))
        .orElse(failure.reason().at(place(position)));
  }

  private SluiceException exhausted(Position position, Failure failure, Cap cap) {
    return new SluiceException(
        EngineError.RETRIES_EXHAUSTED,
        "the record was tried %d times, until %s was reached; last: %s"
            .formatted(failure.attempts(), cap, failure.reason()),
        place(position),
        EngineError.RETRIES_EXHAUSTED.remedy(),
        failure.reason());
  }

  private Location place(Position position) {
    return Location.InFlow.of(terms.flow(), partition, position);
  }

  private final class SerialFate implements DeadLetters.Fate {
    private final DeadLetters.Fate fate;

    private SerialFate(DeadLetters.Fate fate) {
      this.fate = fate;
    }

    @Override
    public void stored() {
      serial.execute(fate::stored);
    }

    @Override
    public void held(SluiceException reason) {
      serial.execute(() -> fate.held(reason));
    }

    @Override
    public void refused(SluiceException reason) {
      serial.execute(() -> fate.refused(reason));
    }
  }
}
