package io.sluice.engine.delivery;

import io.sluice.engine.delivery.Delivery.Effort;
import io.sluice.engine.error.EngineError;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.TargetPosition;
import java.util.Optional;

/** The dead-letter queue of a flow, as one partition's records go to it. */
final class DeadLetters {
  private final DeliveryTerms terms;
  private final Partition partition;
  private final PartitionListener listener;
  private final Sink queue;

  DeadLetters(DeliveryTerms terms, Partition partition, PartitionListener listener, Sink queue) {
    this.terms = terms;
    this.partition = partition;
    this.listener = listener;
    this.queue = queue;
  }

  /** What becomes of a letter. Called on any thread. */
  interface Fate {

    /** It is in the queue. */
    void stored();

    /** The queue does not take it for now. Called at each failed attempt. */
    void held(SluiceException reason);

    /** The queue will never take it. */
    void refused(SluiceException reason);
  }

  /** A record on its way to the queue, which is tried until the queue has it; not started. */
  Delivery letter(Consignment consignment, Position position, Failure failure, Fate fate) {
    Batch letter =
        DeadLetter.of(
            terms.flow(),
            terms.target(),
            consignment.lastOffered(),
            consignment.original(position),
            failure.with(terms.redaction().apply(failure.reason())));
    return new Delivery(
        terms.flow(),
        queue,
        letter,
        terms.scheduler(),
        terms.backoff(),
        Effort.UNTIL_STORED,
        new Letter(position, fate));
  }

  private final class Letter implements DeliveryListener {
    private final Position position;
    private final Fate fate;

    private Letter(Position position, Fate fate) {
      this.position = position;
      this.fate = fate;
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
      fate.held(undelivered(EngineError.DEAD_LETTER_HELD, reason));
    }

    @Override
    public void stored(Optional<TargetPosition> target) {
      listener.deadLettered();
      fate.stored();
    }

    @Override
    public void refused(Batch rest, SluiceException reason) {
      fate.refused(undelivered(EngineError.DEAD_LETTER_REFUSED, reason));
    }

    @Override
    public void abandoned() {
      // The record was not acknowledged, and is read again.
    }

    private SluiceException undelivered(EngineError code, SluiceException reason) {
      return new SluiceException(
          code,
          "the dead-letter queue does not take the record: " + reason,
          Location.InFlow.of(terms.flow(), partition, position),
          reason.suggestion(),
          reason);
    }
  }
}
