package io.sluice.sdk.sink;

import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.time.Scheduler;

/** What the engine gives a sink at its making. */
public interface SinkContext {

  /** Name of the flow. */
  String flow();

  /**
   * An instance that the flow file names.
   *
   * @throws io.sluice.sdk.error.SluiceException if there is none of that name
   */
  Instance instance(String name);

  /** Clock, timers and executor. */
  Scheduler scheduler();

  /** What the sink notices about records beside their being stored. */
  SinkReport report();
}
