package io.sluice.camel;

import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.sink.SinkContext;
import io.sluice.sdk.sink.SinkReport;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.time.Scheduler;

/** What an engine would give a source or a sink, as far as those of this connector ask for it. */
record Surroundings(String flow, Scheduler scheduler, InFlightLimit inFlightLimit)
    implements SourceContext, SinkContext {

  Surroundings(String flow, Scheduler scheduler) {
    this(flow, scheduler, InFlightLimit.DEFAULT);
  }

  @Override
  public String runtime() {
    return "test";
  }

  @Override
  public Instance instance(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SinkReport report() {
    throw new UnsupportedOperationException();
  }
}
