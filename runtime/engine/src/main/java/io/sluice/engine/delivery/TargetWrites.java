package io.sluice.engine.delivery;

import io.sluice.engine.delivery.Delivery.Effort;
import io.sluice.engine.time.SerialExecutor;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.TargetPosition;
import java.util.Optional;

/** The writes of a partition to the target, each through the flow's gate, one at a time. */
final class TargetWrites {
  private final DeliveryTerms terms;
  private final PartitionListener listener;
  private final SerialExecutor serial;
  private final SoleDelivery delivery;
  private final Gate gate;
  private final Outcome outcome;

  TargetWrites(
      DeliveryTerms terms,
      PartitionListener listener,
      SerialExecutor serial,
      SoleDelivery delivery,
      Outcome outcome) {
    this.terms = terms;
    this.listener = listener;
    this.serial = serial;
    this.delivery = delivery;
    this.gate = new Gate(terms, serial);
    this.outcome = outcome;
  }

  /** What comes of a write. Called on the serial executor. */
  interface Outcome {

    /** The target's breaker lets nothing through: it never began. */
    void shut();

    /** The write goes on, and does not get on for now. */
    void troubled(SluiceException reason);

    /** Every record of the unit is at the target. */
    void stored(Consignment consignment, Batch unit, Optional<TargetPosition> target);

    /**
     * The target did not take all of the unit.
     *
     * @param rest without what is stored; at least one record
     */
    void notStored(Consignment consignment, Batch unit, Batch rest, SluiceException reason);
  }

  /** As much of a batch as may be written at once. */
  Batch share(Batch batch) {
    return gate.share(batch);
  }

  /** Writes records for the first time. */
  void attempt(Consignment consignment, Batch unit) {
    consignment.touch();
    gate.enter(unit, () -> write(consignment, unit), outcome::shut);
  }

  /** Writes a record whose time has come again. */
  void tryAgain(Parked one) {
    listener.repeated();
    Batch unit = one.consignment().only(one.position());
    gate.enterAgain(unit, () -> write(one.consignment(), unit));
  }

  private void write(Consignment consignment, Batch unit) {
    delivery.begin(
        new Delivery(
            terms.flow(),
            terms.sink(),
            unit,
            terms.scheduler(),
            terms.backoff(),
            Effort.ONCE,
            new Attempt(consignment, unit)));
  }

  private void notStored(Consignment consignment, Batch unit, Batch rest, SluiceException reason) {
    if (reason instanceof RetriableException) {
      gate.failed(reason);
    } else {
      gate.answered();
    }
    outcome.notStored(consignment, unit, rest, reason);
  }

  private final class Attempt implements DeliveryListener {
    private final Consignment consignment;
    private final Batch unit;

    private Attempt(Consignment consignment, Batch unit) {
      this.consignment = consignment;
      this.unit = unit;
    }

    @Override
    public void repeated() {
      listener.repeated();
    }

    @Override
    public void unknown() {
      listener.unknown();
    }

    @Override
    public void troubled(SluiceException reason) {
      serial.execute(() -> outcome.troubled(reason));
    }

    @Override
    public void stored(Optional<TargetPosition> target) {
      serial.execute(
          () -> {
            gate.answered();
            outcome.stored(consignment, unit, target);
          });
    }

    @Override
    public void refused(Batch rest, SluiceException reason) {
      serial.execute(() -> notStored(consignment, unit, rest, reason));
    }

    @Override
    public void abandoned() {
      gate.withdrawn();
    }
  }
}
