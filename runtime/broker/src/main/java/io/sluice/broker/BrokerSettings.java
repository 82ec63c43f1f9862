package io.sluice.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** What {@link IntegratedBroker.Builder} gathers; its methods document each setting. */
record BrokerSettings(
    String name,
    Optional<String> region,
    Path dataDir,
    String bindAddress,
    int metadataPort,
    int servicePort,
    List<Topic> topics,
    Duration retention,
    long minimumFreeBytes,
    ToLongFunction<Path> usableBytes) {

  /** A topic to create when it is missing. */
  record Topic(String name, int queues, TopicType type) {}

  /** The same settings with ports that are both chosen. */
  BrokerSettings withPorts(int metadata, int service) {
    return new BrokerSettings(
        name,
        region,
        dataDir,
        bindAddress,
        metadata,
        service,
        topics,
        retention,
        minimumFreeBytes,
        usableBytes);
  }
}
