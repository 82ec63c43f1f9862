package io.sluice.flows.model;

import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.connector.SourceType;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import java.util.Optional;

/**
 * A source as a flow file configures it.
 *
 * @param connector name of the connector
 * @param type how it reads
 * @param configuration the bound block
 */
public record SourceBinding<C extends java.lang.Record>(
    String connector, SourceType<C> type, C configuration) {

  /** What it reads. */
  public SourceDescription describe() {
    return type.describe(configuration);
  }

  /** What it needs of its instance, if it has one. */
  public Optional<Need> need() {
    return type.need(configuration);
  }

  /**
   * Looks whether its instance can serve it.
   *
   * @throws io.sluice.sdk.error.SluiceException if it cannot
   */
  public void check(Instance instance) {
    type.check(configuration, instance);
  }

  /** Makes the source. Nothing is connected yet. */
  public Source create(SourceContext context) {
    return type.create(configuration, context);
  }
}
