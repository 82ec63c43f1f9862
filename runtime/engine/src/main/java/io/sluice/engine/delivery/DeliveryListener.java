package io.sluice.engine.delivery;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.TargetPosition;
import java.util.Optional;

/**
 * Who follows one delivery. Called on any thread, one call at a time; exactly one of {@link
 * #stored}, {@link #refused} and {@link #abandoned} is the last one.
 */
public interface DeliveryListener {

  /** A write is about to be repeated, in full or from where it stopped. */
  void repeated();

  /** A write left open what is stored. */
  void unknown();

  /** The delivery does not get on for now, and is tried again. Called at each failed attempt. */
  void troubled(SluiceException reason);

  /**
   * Every record is at the target.
   *
   * @param target where the target stands after the last of them, if known
   */
  void stored(Optional<TargetPosition> target);

  /**
   * The target will never take the rest of the batch, or did not take it at the one attempt.
   *
   * @param rest the batch without what is stored; at least one record
   */
  void refused(Batch rest, SluiceException reason);

  /** The run ended first; what became of the batch is open. */
  void abandoned();
}
