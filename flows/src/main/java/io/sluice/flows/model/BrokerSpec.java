package io.sluice.flows.model;

import io.sluice.sdk.error.Location;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An integrated broker: {@code kind: Broker}.
 *
 * @param name also the name of its instance
 * @param region where it counts as standing, if given
 * @param dataDir its data directory, absolute, if given; the runtime's own data directory has room
 *     otherwise
 * @param bindAddress address that its listeners bind and announce
 * @param metadataPort port of the name server; 0 for a free one
 * @param servicePort port of the broker; 0 for a free one
 * @param topics topics to create when they are missing
 * @param retention how long messages are kept
 * @param location where it is declared
 */
public record BrokerSpec(
    String name,
    Optional<String> region,
    Optional<Path> dataDir,
    String bindAddress,
    int metadataPort,
    int servicePort,
    List<TopicSpec> topics,
    Duration retention,
    Location location) {
  public BrokerSpec {
    topics = List.copyOf(topics);
  }

  /** Whether another one declares the same, wherever that stands. */
  public boolean isSameAs(BrokerSpec other) {
    return elsewhere().equals(other.elsewhere());
  }

  private BrokerSpec elsewhere() {
    return new BrokerSpec(
        name,
        region,
        dataDir,
        bindAddress,
        metadataPort,
        servicePort,
        topics,
        retention,
        Location.NONE);
  }
}
