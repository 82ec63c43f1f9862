package io.sluice.sdk.event;

import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.sink.SinkContext;
import io.sluice.sdk.sink.SinkReport;
import io.sluice.sdk.time.Scheduler;

/** What the sink of a publisher finds around it. */
record PublisherContext(String flow, Instance only, Scheduler scheduler) implements SinkContext {

  @Override
  public Instance instance(String name) {
    return only;
  }

  @Override
  public SinkReport report() {
    return Unreported.NOTHING;
  }

  /** Events of a program come from nowhere else, and are not stamped. */
  private enum Unreported implements SinkReport {
    NOTHING;

    @Override
    public void echoes(long records) {}

    @Override
    public void duplicates(long records) {}
  }
}
