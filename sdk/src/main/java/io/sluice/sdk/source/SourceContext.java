package io.sluice.sdk.source;

import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.time.Scheduler;

/** What the engine gives a source at its making. */
public interface SourceContext {

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

  /** How much may be in flight. */
  InFlightLimit inFlightLimit();
}
