package io.sluice.engine;

import io.sluice.engine.error.EngineError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.sink.SinkContext;
import io.sluice.sdk.sink.SinkReport;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.time.Scheduler;
import java.util.Map;

/** What a flow's source and sink are given at their making. */
record ConnectorContext(
    String flow,
    String runtime,
    Map<String, Instance> instances,
    Scheduler scheduler,
    InFlightLimit inFlightLimit,
    SinkReport report)
    implements SourceContext, SinkContext {

  /** The same, for a sink of which other things are to be noticed. */
  ConnectorContext withReport(SinkReport other) {
    return new ConnectorContext(flow, runtime, instances, scheduler, inFlightLimit, other);
  }

  @Override
  public Instance instance(String name) {
    Instance instance = instances.get(name);
    if (instance == null) {
      throw new SluiceException(
          EngineError.UNKNOWN_INSTANCE,
          "there is no instance named " + name,
          Location.InFlow.of(flow));
    }
    return instance;
  }
}
