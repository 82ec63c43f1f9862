package io.sluice.sdk.connector;

import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.SinkContext;

/**
 * How a connector writes.
 *
 * @param <C> its configuration, see {@link SourceType}
 */
public interface SinkType<C extends java.lang.Record> {

  /** Class of the configuration. */
  Class<C> configuration();

  /** JSON Schema of the block, see {@link SourceType#schema}. */
  String schema();

  /** What a flow with this configuration writes. */
  SinkDescription describe(C configuration);

  /**
   * Makes a sink. Nothing is connected yet.
   *
   * @throws io.sluice.sdk.error.SluiceException if the configuration cannot work
   */
  Sink create(C configuration, SinkContext context);
}
