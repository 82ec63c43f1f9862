package io.sluice.flows.model;

import io.sluice.sdk.connector.SinkDescription;
import io.sluice.sdk.connector.SinkType;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.SinkContext;
import java.util.Optional;

/**
 * A sink as a flow file configures it.
 *
 * @param connector name of the connector
 * @param type how it writes
 * @param configuration the bound block
 */
public record SinkBinding<C extends java.lang.Record>(
    String connector, SinkType<C> type, C configuration) {

  /** What it writes. */
  public SinkDescription describe() {
    return type.describe(configuration);
  }

  /** What it needs of its instance, if it has one. */
  public Optional<Need> need() {
    return type.need(configuration);
  }

  /** Makes the sink. Nothing is connected yet. */
  public Sink create(SinkContext context) {
    return type.create(configuration, context);
  }
}
