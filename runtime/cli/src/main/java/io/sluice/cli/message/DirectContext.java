package io.sluice.cli.message;

import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.sink.SinkContext;
import io.sluice.sdk.sink.SinkReport;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.time.Scheduler;

/**
 * What a source or sink finds around it when the command uses it without an engine.
 *
 * @param flow name in its errors
 * @param only the one instance that there is, whatever its name
 * @param scheduler clock, timers and executor
 * @param inFlightLimit how much a source may fetch ahead
 */
record DirectContext(String flow, Instance only, Scheduler scheduler, InFlightLimit inFlightLimit)
    implements SourceContext, SinkContext {

  /** Nothing is shared with other runtimes, so its name does not matter. */
  @Override
  public String runtime() {
    return flow;
  }

  @Override
  public SinkReport report() {
    return Unreported.NOTHING;
  }

  @Override
  public Instance instance(String name) {
    return only;
  }

  /** What is sent one by one by hand comes from nowhere and is sent once. */
  private enum Unreported implements SinkReport {
    NOTHING;

    @Override
    public void echoes(long records) {}

    @Override
    public void duplicates(long records) {}
  }
}
