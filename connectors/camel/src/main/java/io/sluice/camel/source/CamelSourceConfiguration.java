package io.sluice.camel.source;

import io.sluice.camel.endpoint.EndpointAddress;
import io.sluice.camel.message.MessageReader.Taking;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An endpoint to read.
 *
 * @param uri as Camel writes it
 * @param parameters options beside those of the URI
 * @param component options of the component itself, which endpoints do not have
 * @param topic topic that the records show; the component's name if absent
 * @param properties names of headers that become user properties
 * @param keys name of the header that holds the keys
 * @param tags name of the header that holds the tag
 * @param maximumBodySize in bytes
 */
public record CamelSourceConfiguration(
    String uri,
    Map<String, String> parameters,
    Map<String, String> component,
    Optional<String> topic,
    List<String> properties,
    String keys,
    String tags,
    int maximumBodySize) {

  /**
   * Checks what the schema cannot.
   *
   * @throws io.sluice.sdk.error.SluiceException {@code camel.bad-endpoint}
   */
  public CamelSourceConfiguration {
    parameters = Map.copyOf(parameters);
    component = Map.copyOf(component);
    properties = List.copyOf(properties);
    EndpointAddress.of(uri, parameters, component);
  }

  /** The endpoint. */
  public EndpointAddress address() {
    return EndpointAddress.of(uri, parameters, component);
  }

  /** Topic that the records show. */
  public String shownTopic() {
    return topic.orElseGet(() -> address().component());
  }

  /** What of a message becomes part of the record. */
  Taking taking() {
    return new Taking(properties, keys, tags, maximumBodySize);
  }

  /** Without options (I9). */
  @Override
  public String toString() {
    return address().shown();
  }
}
