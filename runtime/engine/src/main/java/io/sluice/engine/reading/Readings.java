package io.sluice.engine.reading;

import io.sluice.flows.model.BusReading;
import io.sluice.flows.model.EventFlow;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The shared readings of an engine, one for each bus that it has targets of. Thread-safe. */
public final class Readings {
  private final Map<Key, SharedReading> readings = new HashMap<>();

  /**
   * What is read: flows of which the files say the same of it share it.
   *
   * @param configuration of the source
   * @param instance that the source names
   */
  record Key(
      String bus, String connector, java.lang.Record configuration, Optional<Instance> instance) {
    static Key of(BusReading shared, SourceContext context) {
      return new Key(
          shared.bus(),
          shared.source().connector(),
          shared.source().configuration(),
          shared.source().describe().instance().map(context::instance));
    }
  }

  /**
   * The source of a flow that shares a reading. Nothing is connected yet.
   *
   * @param taker the flow
   */
  public Source source(EventFlow flow, BusReading shared, SourceContext context, Taker taker) {
    return new SharedSource(this, flow, shared, context, taker);
  }

  /** Lets a flow into the reading that it is to share. */
  synchronized SharedReading enter(SharedSource member) {
    Key key = Key.of(member.shared(), member.context());
    SharedReading reading = readings.get(key);
    if (reading == null || !reading.enter(member)) {
      reading = new SharedReading(member.shared(), member.context(), ended -> ended(key, ended));
      readings.put(key, reading);
      reading.enter(member);
    }
    return reading;
  }

  private synchronized void ended(Key key, SharedReading reading) {
    readings.remove(key, reading);
  }
}
