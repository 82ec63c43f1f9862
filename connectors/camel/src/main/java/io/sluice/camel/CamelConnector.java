package io.sluice.camel;

import io.sluice.camel.endpoint.EndpointAddress;
import io.sluice.camel.endpoint.EndpointCheck;
import io.sluice.camel.endpoint.EndpointCheck.Direction;
import io.sluice.camel.sink.CamelSink;
import io.sluice.camel.sink.CamelSinkConfiguration;
import io.sluice.camel.source.CamelSource;
import io.sluice.camel.source.CamelSourceConfiguration;
import io.sluice.sdk.connector.Connector;
import io.sluice.sdk.connector.SinkDescription;
import io.sluice.sdk.connector.SinkType;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.connector.SourceType;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.RecordPart;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.SinkContext;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Endpoints of Apache Camel. */
public final class CamelConnector implements Connector {

  @Override
  public String name() {
    return "camel";
  }

  @Override
  public String summary() {
    return "Endpoints of Apache Camel: HTTP, gRPC, files and whatever else Camel has a component for.";
  }

  @Override
  public Optional<SourceType<?>> source() {
    return Optional.of(new EndpointSource());
  }

  @Override
  public Optional<SinkType<?>> sink() {
    return Optional.of(new EndpointSink());
  }

  private static String resource(String name) {
    try (InputStream in = CamelConnector.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static final class EndpointSource implements SourceType<CamelSourceConfiguration> {
    @Override
    public Class<CamelSourceConfiguration> configuration() {
      return CamelSourceConfiguration.class;
    }

    @Override
    public String schema() {
      return resource("source.schema.json");
    }

    @Override
    public List<SluiceException> problems(CamelSourceConfiguration configuration) {
      return EndpointCheck.problems(configuration.address(), Direction.SOURCE);
    }

    @Override
    public SourceDescription describe(CamelSourceConfiguration configuration) {
      return new SourceDescription(
          Optional.empty(),
          configuration.shownTopic(),
          Optional.empty(),
          "sluice:camel",
          "camel:" + configuration.address().component() + ":Message");
    }

    @Override
    public Source create(CamelSourceConfiguration configuration, SourceContext context) {
      return new CamelSource(configuration, context);
    }
  }

  private static final class EndpointSink implements SinkType<CamelSinkConfiguration> {
    @Override
    public Class<CamelSinkConfiguration> configuration() {
      return CamelSinkConfiguration.class;
    }

    @Override
    public String schema() {
      return resource("sink.schema.json");
    }

    @Override
    public Set<RecordPart> parts() {
      return EnumSet.of(RecordPart.BODY, RecordPart.KEYS, RecordPart.TAGS, RecordPart.PROPERTIES);
    }

    @Override
    public List<SluiceException> problems(CamelSinkConfiguration configuration) {
      return EndpointCheck.problems(configuration.address(), Direction.SINK);
    }

    @Override
    public SinkDescription describe(CamelSinkConfiguration configuration) {
      EndpointAddress address = configuration.address();
      return new SinkDescription(Optional.empty(), address.shown(), false);
    }

    @Override
    public Sink create(CamelSinkConfiguration configuration, SinkContext context) {
      return new CamelSink(configuration, context);
    }
  }
}
