package io.sluice.engine.reading;

import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.time.Scheduler;

/** What a source is given that reads for a flow, or for several. */
record ReadingContext(String flow, SourceContext context, InFlightLimit inFlightLimit)
    implements SourceContext {

  @Override
  public String runtime() {
    return context.runtime();
  }

  @Override
  public Instance instance(String name) {
    return context.instance(name);
  }

  @Override
  public Scheduler scheduler() {
    return context.scheduler();
  }
}
