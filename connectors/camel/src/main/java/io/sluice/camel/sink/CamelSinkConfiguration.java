package io.sluice.camel.sink;

import io.sluice.camel.endpoint.EndpointAddress;
import io.sluice.camel.endpoint.EventAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * An endpoint to write.
 *
 * @param uri as Camel writes it
 * @param parameters options beside those of the URI
 * @param component options of the component itself, which endpoints do not have
 * @param headers of every message
 * @param exchange how many records one exchange carries; what suits the endpoint if absent
 * @param concurrency partitions that are written at a time
 * @param timeoutSeconds how long an exchange may take
 */
public record CamelSinkConfiguration(
    String uri,
    Map<String, String> parameters,
    Map<String, String> component,
    Map<String, String> headers,
    Optional<Load> exchange,
    int concurrency,
    int timeoutSeconds) {

  /** What one exchange carries. */
  public enum Load {
    /** One record. */
    RECORD,
    /** All records of a batch. */
    BATCH
  }

  /**
   * Checks what the schema cannot.
   *
   * @throws io.sluice.sdk.error.SluiceException {@code camel.bad-endpoint}
   */
  public CamelSinkConfiguration {
    parameters = Map.copyOf(parameters);
    component = Map.copyOf(component);
    headers = Map.copyOf(headers);
    EndpointAddress.of(uri, parameters, component);
  }

  /** The endpoint. */
  public EndpointAddress address() {
    return EndpointAddress.of(uri, parameters, component);
  }

  /** What one exchange carries: all of a batch where Sluice's own service takes it. */
  Load load() {
    return exchange.orElse(EventAddress.names(address()) ? Load.BATCH : Load.RECORD);
  }

  /** How long an exchange may take. */
  Duration timeout() {
    return Duration.ofSeconds(timeoutSeconds);
  }

  /** Without options and headers (I9). */
  @Override
  public String toString() {
    return address().shown();
  }
}
