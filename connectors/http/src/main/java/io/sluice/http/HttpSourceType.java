package io.sluice.http;

import io.sluice.http.server.RequestEvents;
import io.sluice.http.server.Tls;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.connector.SourceType;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How flows read from HTTP requests. */
final class HttpSourceType implements SourceType<HttpSourceConfiguration> {
  private static final String SOURCE = "sluice:http";

  @Override
  public Class<HttpSourceConfiguration> configuration() {
    return HttpSourceConfiguration.class;
  }

  @Override
  public String schema() {
    try (InputStream in = HttpSourceType.class.getResourceAsStream("source.schema.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public List<SluiceException> problems(HttpSourceConfiguration configuration) {
    return configuration.tls().flatMap(Tls::problem).map(List::of).orElse(List.of());
  }

  @Override
  public SourceDescription describe(HttpSourceConfiguration configuration) {
    return new SourceDescription(
            Optional.empty(),
            RequestEvents.TOPIC,
            Optional.empty(),
            configuration.source().orElse(SOURCE),
            RequestEvents.TYPE)
        .carryingEvents();
  }

  @Override
  public Source create(HttpSourceConfiguration configuration, SourceContext context) {
    return new HttpSource(configuration, context);
  }
}
