package io.sluice.rocketmq;

import io.sluice.broker.IntegratedBroker;
import io.sluice.rocketmq.client.ClientPool;
import io.sluice.rocketmq.sink.Echoes;
import io.sluice.rocketmq.sink.RocketMqSinkConfiguration;
import io.sluice.rocketmq.source.ConsumeOffset;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Timeouts;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.testkit.ReleasedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A released cluster, a broker beside it that does not fail, and flows that end with them. */
final class ClusterFlows implements AutoCloseable {
  static final String CLUSTER = "cluster";
  static final String STEADY = "steady";
  private static final Timeouts SHORT = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(2));

  private final Deque<DirectFlow> open = new ArrayDeque<>();
  private final ClientPool clients = new ClientPool();
  private final TestScheduler scheduler = new TestScheduler();
  final ReleasedCluster cluster;
  final IntegratedBroker steady;

  ClusterFlows(ReleasedCluster cluster, Path directory) {
    this.cluster = cluster;
    this.steady = IntegratedBroker.builder(STEADY).dataDir(directory).start();
  }

  private Map<String, Instance> instances() {
    return Map.of(CLUSTER, clusterInstance(), STEADY, steady.instance());
  }

  private Instance clusterInstance() {
    return Instance.builder(CLUSTER)
        .nameServers(List.of(cluster.nameServer().split(";")))
        .timeouts(SHORT)
        .build();
  }

  /** Everything of a topic from its beginning. */
  static RocketMqSourceConfiguration all(String instance, String topic, Optional<String> group) {
    return new RocketMqSourceConfiguration(
        instance,
        topic,
        group,
        "TAG",
        "*",
        Optional.empty(),
        ConsumeOffset.CONSUME_FROM_FIRST_OFFSET,
        Optional.empty(),
        "fail");
  }

  static RocketMqSinkConfiguration to(String instance, String topic) {
    return new RocketMqSinkConfiguration(instance, topic, true, true, Echoes.DROP);
  }

  /** Starts a flow, and waits until it reads. */
  DirectFlow started(RocketMqSourceConfiguration from, RocketMqSinkConfiguration to) {
    return started(from, to, Map.of());
  }

  /** The same with checkpoints. */
  DirectFlow started(
      RocketMqSourceConfiguration from,
      RocketMqSinkConfiguration to,
      Map<Partition, ResumePoint> known) {
    DirectFlow flow = begun(from, to, known);
    flow.start().toCompletableFuture().orTimeout(1, TimeUnit.MINUTES).join();
    return flow;
  }

  /** A flow that is not started. */
  DirectFlow begun(
      RocketMqSourceConfiguration from,
      RocketMqSinkConfiguration to,
      Map<Partition, ResumePoint> known) {
    DirectFlow flow = new DirectFlow(from, to, instances(), clients, scheduler, known, "runtime");
    open.push(flow);
    return flow;
  }

  /** What a flow would store of where it stands. */
  static Map<Partition, ResumePoint> checkpoints(DirectFlow flow) {
    return flow.source().progress().stream()
        .filter(one -> one.point().target().isPresent())
        .collect(Collectors.toMap(PartitionProgress::partition, PartitionProgress::point));
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    steady.close();
    cluster.close();
    scheduler.close();
  }
}
