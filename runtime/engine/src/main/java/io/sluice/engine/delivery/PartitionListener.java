package io.sluice.engine.delivery;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.error.SluiceException;

/** Who follows the deliveries of one partition. Called on any thread. */
public interface PartitionListener {

  /** A write is about to be repeated. */
  void repeated();

  /** A write left open what is stored. */
  void unknown();

  /** Nothing gets on for now, and is tried again. Called at each failed attempt. */
  void troubled(SluiceException reason);

  /** It gets on again. */
  void recovered();

  /** A record is tried again later. */
  void retrying();

  /** A record is no longer to be tried again: it is delivered, or given up. */
  void retried();

  /** A dead letter is stored. */
  void deadLettered();

  /** A record is lost on purpose, for want of a dead-letter queue. */
  void dropped(SluiceException reason);

  /** Records are left out because their keys were taken before. */
  void repeats(int records);

  /** The source may offer the next batch, though this one is not done. */
  void passes(Batch offered);
}
