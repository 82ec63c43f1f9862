package io.sluice.sdk.connector;

import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.RecordPart;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.SinkContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  /**
   * Parts of records that flows may make anew. Their keys are added to the block; they stand in
   * neither {@link #schema} nor configuration, as records come to the sink with these parts made.
   * Only the topic stands in both, as a text: it is missing in the configuration if it is made, and
   * each record then comes with its own.
   */
  default Set<RecordPart> parts() {
    return Set.of();
  }

  /** What is wrong with a configuration beyond its schema, see {@link SourceType#problems}. */
  default List<SluiceException> problems(C configuration) {
    return List.of();
  }

  /** What a flow with this configuration writes. */
  SinkDescription describe(C configuration);

  /**
   * What a flow with this configuration needs of the instance that it writes; empty if there is
   * none.
   */
  default Optional<Need> need(C configuration) {
    return Optional.empty();
  }

  /**
   * Makes a sink. Nothing is connected yet.
   *
   * @throws io.sluice.sdk.error.SluiceException if the configuration cannot work
   */
  Sink create(C configuration, SinkContext context);
}
