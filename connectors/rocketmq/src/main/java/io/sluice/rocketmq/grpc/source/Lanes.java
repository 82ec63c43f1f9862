package io.sluice.rocketmq.grpc.source;

import apache.rocketmq.v2.Message;
import io.sluice.rocketmq.grpc.ProxyRoute;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.SourceContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The lanes of a source, one for each queue: a message group stays in one queue, and so in one lane
 * (I4). Their names hold the flow and the runtime, whose own the numbering is. Thread-safe.
 */
final class Lanes {
  /** Enough of a runtime's name to tell those apart that run one flow. */
  private static final int RUNTIME = 8;

  private final SourceContext context;
  private final RocketMqSourceConfiguration configuration;
  private final BatchReceiver receiver;
  private final Consumer<List<Received>> done;
  private final Consumer<RuntimeException> broken;
  private final Map<Queue, Lane> lanes = new LinkedHashMap<>();
  private final Map<Partition, Lane> byPartition = new HashMap<>();
  private CompletableFuture<Void> adding = CompletableFuture.completedFuture(null);

  /**
   * @param done takes the messages of each batch that is done
   */
  Lanes(
      SourceContext context,
      RocketMqSourceConfiguration configuration,
      BatchReceiver receiver,
      Consumer<List<Received>> done,
      Consumer<RuntimeException> broken) {
    this.context = context;
    this.configuration = configuration;
    this.receiver = receiver;
    this.done = done;
    this.broken = broken;
  }

  /** Makes lanes for queues that have none; completes when they can be used. */
  synchronized CompletableFuture<Void> add(ProxyRoute route) {
    adding = adding.exceptionally(failed -> null).thenCompose(before -> addNow(route));
    return adding;
  }

  private synchronized CompletableFuture<Void> addNow(ProxyRoute route) {
    Map<Queue, Partition> appeared = new LinkedHashMap<>();
    for (Queue queue : route.readable()) {
      if (!lanes.containsKey(queue)) {
        appeared.put(queue, partition(queue, lanes.size() + appeared.size()));
      }
    }
    if (appeared.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return receiver
        .assigned(List.copyOf(appeared.values()))
        .thenAccept(
            points ->
                appeared.forEach(
                    (queue, partition) ->
                        put(queue, partition, Optional.ofNullable(points.get(partition)))))
        .toCompletableFuture();
  }

  private Partition partition(Queue queue, int number) {
    String runtime = context.runtime();
    return new Partition(
        String.join(
            "/",
            configuration.instance(),
            queue.topic(),
            context.flow(),
            runtime.substring(0, Math.min(RUNTIME, runtime.length())),
            queue.broker(),
            Integer.toString(queue.id())),
        number);
  }

  private synchronized void put(Queue queue, Partition partition, Optional<ResumePoint> before) {
    Lane lane = new Lane(queue.topic(), partition, before, receiver, done, broken);
    lanes.put(queue, lane);
    byPartition.put(partition, lane);
  }

  /**
   * Messages have come from a broker, in the order in which it gave them.
   *
   * @param since when it gave them, monotonic
   */
  void received(String broker, List<Message> messages, long since) {
    Set<Lane> touched = new HashSet<>();
    for (Message message : messages) {
      Lane lane = lane(broker, message.getSystemProperties().getQueueId());
      lane.add(message, broker, since);
      touched.add(lane);
    }
    touched.forEach(Lane::proceed);
  }

  /** Retries come from a queue of the group's own, whose number need not be one of the topic's. */
  private synchronized Lane lane(String broker, int queue) {
    Lane lane = lanes.get(new Queue(configuration.topic(), broker, queue));
    if (lane != null) {
      return lane;
    }
    List<Lane> all = new ArrayList<>(lanes.values());
    return all.get(Math.floorMod(queue, all.size()));
  }

  synchronized Lane of(Partition partition) {
    Lane lane = byPartition.get(partition);
    if (lane == null) {
      throw new IllegalArgumentException("no lane of " + partition);
    }
    return lane;
  }

  void forEach(Consumer<Lane> action) {
    List<Lane> all;
    synchronized (this) {
      all = List.copyOf(lanes.values());
    }
    all.forEach(action);
  }

  /**
   * Where they stand.
   *
   * @param last whether nothing comes after what is here
   */
  synchronized List<PartitionProgress> progress(boolean last) {
    return lanes.values().stream().map(lane -> lane.progress(last)).toList();
  }
}
