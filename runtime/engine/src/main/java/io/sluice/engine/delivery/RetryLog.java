package io.sluice.engine.delivery;

import io.sluice.engine.store.OpenRetry;
import java.util.concurrent.CompletionStage;

/** Keeps the retries of a flow across restarts. */
@FunctionalInterface
public interface RetryLog {

  /**
   * Keeps a retry in place of what was kept of the record before. Records behind it may be
   * delivered only when the stage has completed: from then on a restart does not take them for a
   * proof that this one was delivered.
   *
   * @return does not fail; stays open while the store cannot be written
   */
  CompletionStage<Void> keep(OpenRetry retry);
}
