package io.sluice.sdk.source;

import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.time.Scheduler;

/** What the engine gives a source at its making. */
public interface SourceContext {

  /** Name of the flow. */
  String flow();

  /**
   * Name of the source among others: that of the flow, or, of a flow that leads into a bus, the
   * part behind the bus.
   */
  default String sourceName() {
    return flow().substring(flow().lastIndexOf('/') + 1);
  }

  /**
   * Names this runtime among those that may run the same flow; the same again after a restart on
   * the same data directory, so that what it held when it was killed is its own at once.
   */
  String runtime();

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
