package io.sluice.rocketmq;

import io.sluice.broker.IntegratedBroker;
import io.sluice.broker.TopicType;
import io.sluice.rocketmq.client.ClientPool;
import io.sluice.rocketmq.sink.Echoes;
import io.sluice.rocketmq.sink.RocketMqSinkConfiguration;
import io.sluice.rocketmq.source.ConsumeOffset;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.source.ResumePoint;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;

/** Two real brokers, and flows between them that end with it. */
public final class BrokerPair implements AutoCloseable {
  private final Deque<Runnable> open = new ArrayDeque<>();
  private final Path directory;
  private Optional<DefaultMQAdminExt> admin = Optional.empty();
  public final ClientPool clients = new ClientPool();
  public final TestScheduler scheduler = opened(new TestScheduler(), TestScheduler::close);
  public IntegratedBroker source;
  IntegratedBroker target;
  public final Topics atSource;
  final Topics atTarget;

  public BrokerPair(Path directory) {
    this.directory = directory;
    source = start("source", 0, 0);
    target = start("target", 0, 0);
    atSource = opened(new Topics(source.nameServerAddress()), Topics::close);
    atTarget = opened(new Topics(target.nameServerAddress()), Topics::close);
  }

  private IntegratedBroker start(String name, int metadataPort, int servicePort) {
    return IntegratedBroker.builder(name)
        .dataDir(directory.resolve(name))
        .metadataPort(metadataPort)
        .servicePort(servicePort)
        .start();
  }

  /** The broker again, on its ports and data. */
  IntegratedBroker startAgain(IntegratedBroker closed) {
    IntegratedBroker again =
        start(closed.name(), port(closed.nameServerAddress()), port(closed.brokerAddress()));
    if (closed == source) {
      source = again;
    } else {
      target = again;
    }
    return again;
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /** RocketMQ's own tool for administrators, at the source; there is one, opened when needed. */
  DefaultMQAdminExt admin() {
    if (admin.isEmpty()) {
      DefaultMQAdminExt tool = new DefaultMQAdminExt(10_000);
      tool.setNamesrvAddr(source.nameServerAddress());
      tool.setInstanceName(UUID.randomUUID().toString());
      try {
        tool.start();
      } catch (MQClientException failure) {
        throw new IllegalStateException(failure);
      }
      admin = Optional.of(opened(tool, DefaultMQAdminExt::shutdown));
    }
    return admin.get();
  }

  public void topic(IntegratedBroker broker, String name, int queues) {
    broker.createTopic(name, queues, TopicType.NORMAL);
  }

  /** Closed together with the pair, the last one first. */
  private <T> T opened(T resource, Consumer<T> close) {
    open.push(() -> close.accept(resource));
    return resource;
  }

  Map<String, Instance> instances() {
    return Map.of("source", source.instance(), "target", target.instance());
  }

  DirectFlow flow(RocketMqSourceConfiguration from, RocketMqSinkConfiguration to) {
    return flow(from, to, Map.of());
  }

  DirectFlow flow(
      RocketMqSourceConfiguration from,
      RocketMqSinkConfiguration to,
      Map<Partition, ResumePoint> known) {
    return flow(from, to, known, instances());
  }

  DirectFlow flow(
      RocketMqSourceConfiguration from,
      RocketMqSinkConfiguration to,
      Map<Partition, ResumePoint> known,
      Map<String, Instance> instances) {
    return opened(
        new DirectFlow(from, to, instances, clients, scheduler, known, "runtime"),
        DirectFlow::close);
  }

  /** Another runtime of a flow, with connections of its own. */
  DirectFlow flowOf(
      String runtime, RocketMqSourceConfiguration from, RocketMqSinkConfiguration to) {
    return opened(
        new DirectFlow(from, to, instances(), new ClientPool(), scheduler, Map.of(), runtime),
        DirectFlow::close);
  }

  static RocketMqSourceConfiguration from(String topic, ConsumeOffset offset) {
    return from(topic, "*", offset, Optional.empty());
  }

  static RocketMqSourceConfiguration all(String topic) {
    return from(topic, ConsumeOffset.CONSUME_FROM_FIRST_OFFSET);
  }

  static RocketMqSourceConfiguration from(
      String topic, String tag, ConsumeOffset offset, Optional<String> timestamp) {
    return new RocketMqSourceConfiguration(
        "source",
        topic,
        Optional.of(group(topic)),
        "TAG",
        tag,
        Optional.empty(),
        offset,
        timestamp,
        "fail");
  }

  static String group(String topic) {
    return "GID_" + topic;
  }

  static RocketMqSinkConfiguration to(String topic) {
    return new RocketMqSinkConfiguration("target", topic, true, true, Echoes.DROP);
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().run();
    }
    source.close();
    target.close();
  }
}
