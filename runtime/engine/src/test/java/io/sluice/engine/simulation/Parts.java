package io.sluice.engine.simulation;

import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.source.SourceContext;

/** What a world is made of; mutants replace one part by a broken one. */
class Parts {
  SimulatedSource source(World world, SourceContext context) {
    return new SimulatedSource(world, context);
  }

  Sink sink(World world, SimulatedSink sink) {
    return sink;
  }

  SimulatedStore store(World world) {
    return new SimulatedStore(world);
  }
}
