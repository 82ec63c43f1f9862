package io.sluice.engine;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Lets tests drain an engine without a thread to block. */
public final class Draining {
  private Draining() {}

  public static CompletionStage<DrainReport> begin(FlowEngine engine, Duration deadline) {
    return engine.draining(deadline);
  }
}
