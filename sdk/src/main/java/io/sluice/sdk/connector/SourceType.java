package io.sluice.sdk.connector;

import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import java.util.List;
import java.util.Optional;

/**
 * How a connector reads.
 *
 * @param <C> its configuration: a record, each component named like its key in the flow file.
 *     Optional keys are {@link java.util.Optional} components; defaults of others are stated in the
 *     schema and filled in before binding.
 */
public interface SourceType<C extends java.lang.Record> {

  /** Class of the configuration. */
  Class<C> configuration();

  /**
   * JSON Schema (2020-12) of the block, as JSON text: an object schema with {@code properties},
   * {@code required} and {@code "additionalProperties": false}. Every property has a {@code
   * description}; defaults stand in {@code default}.
   */
  String schema();

  /**
   * What is wrong with a configuration beyond its schema, found without a network. Each has a
   * {@link io.sluice.sdk.error.Location.InBlock} as its place.
   */
  default List<SluiceException> problems(C configuration) {
    return List.of();
  }

  /** What a flow with this configuration reads. */
  SourceDescription describe(C configuration);

  /**
   * What a flow with this configuration needs of the instance that it reads; empty if there is
   * none.
   */
  default Optional<Need> need(C configuration) {
    return Optional.empty();
  }

  /**
   * Looks whether the instance that {@link #describe} names can serve this configuration, as far as
   * that is clear without a connection. Called when flow files are checked.
   *
   * @throws io.sluice.sdk.error.SluiceException if it cannot
   */
  default void check(C configuration, Instance instance) {}

  /**
   * Makes a source. Nothing is connected yet.
   *
   * @throws io.sluice.sdk.error.SluiceException if the configuration cannot work
   */
  Source create(C configuration, SourceContext context);
}
