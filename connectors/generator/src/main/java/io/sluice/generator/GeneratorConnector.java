package io.sluice.generator;

import io.sluice.sdk.connector.Connector;
import io.sluice.sdk.connector.SinkType;
import io.sluice.sdk.connector.SourceType;
import java.util.Optional;

/** The connector {@code generator}: records that are made up on the spot. */
public final class GeneratorConnector implements Connector {

  @Override
  public String name() {
    return "generator";
  }

  @Override
  public String summary() {
    return "Makes records up, the same ones for the same seed: for samples, demonstrations and load.";
  }

  @Override
  public Optional<SourceType<?>> source() {
    return Optional.of(new GeneratorSourceType());
  }

  @Override
  public Optional<SinkType<?>> sink() {
    return Optional.empty();
  }
}
