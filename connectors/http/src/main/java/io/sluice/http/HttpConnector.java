package io.sluice.http;

import io.sluice.sdk.connector.Connector;
import io.sluice.sdk.connector.SinkType;
import io.sluice.sdk.connector.SourceType;
import java.util.Optional;

/** The connector {@code http}: webhooks. */
public final class HttpConnector implements Connector {

  @Override
  public String name() {
    return "http";
  }

  @Override
  public String summary() {
    return "Takes HTTP and HTTPS requests as events, and answers when they are stored.";
  }

  @Override
  public Optional<SourceType<?>> source() {
    return Optional.of(new HttpSourceType());
  }

  @Override
  public Optional<SinkType<?>> sink() {
    return Optional.empty();
  }
}
