package io.sluice.rocketmq.sink;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.ClientPool;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.filter.BrokerFilter;
import io.sluice.rocketmq.pull.QueuePuller;
import io.sluice.rocketmq.pull.QueueScan;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.QueueOffsets;
import io.sluice.rocketmq.route.Routes;
import io.sluice.rocketmq.route.TargetTopic;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.rocketmq.transcode.BatchEncoder;
import io.sluice.rocketmq.transcode.Buffers;
import io.sluice.rocketmq.transcode.Compressions;
import io.sluice.rocketmq.transcode.EncoderLimits;
import io.sluice.rocketmq.transcode.RequestSize;
import io.sluice.rocketmq.transcode.Stamping;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.SinkContext;
import io.sluice.sdk.sink.SinkReport;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a topic of a RocketMQ instance: lane <i>i</i> of the source into queue <i>i</i>, in order.
 */
public final class RocketMqSink implements Sink {
  private static final Logger log = LoggerFactory.getLogger(RocketMqSink.class);
  private static final Duration ROUTE_INTERVAL = Duration.ofSeconds(10);

  private final RocketMqSinkConfiguration configuration;
  private final Buffers buffers;
  private final Neighbours neighbours;
  private final Scheduler scheduler;
  private final ClientPool.Lease lease;
  private final RemotingClient client;
  private final TargetTopic topic;
  private final BatchSender sender;
  private final Fence fence;
  private final TailSearch tail;
  private final SinkReport report;
  private final ConcurrentMap<Queue, Neighbours.Share> shares = new ConcurrentHashMap<>();
  private final ConcurrentMap<Queue, QueueWriter> writers = new ConcurrentHashMap<>();
  private final ConcurrentMap<Partition, QueueWriter> lanes = new ConcurrentHashMap<>();
  private volatile TopicRoute route = TopicRoute.UNKNOWN;
  private volatile boolean refreshing;
  private volatile boolean closed;

  /**
   * Makes a sink.
   *
   * @param clients give it a connection that it may share
   * @param buffers what requests are put together in, shared too
   * @param neighbours the sinks of this process
   */
  public RocketMqSink(
      RocketMqSinkConfiguration configuration,
      SinkContext context,
      ClientPool clients,
      Buffers buffers,
      Neighbours neighbours) {
    this.configuration = configuration;
    this.buffers = buffers;
    this.neighbours = neighbours;
    this.scheduler = context.scheduler();
    this.report = context.report();
    this.lease = clients.lease(context.instance(configuration.instance()), ClientPool.Side.TARGET);
    this.client = lease.client();
    this.topic =
        new TargetTopic(
            client, configuration.topic(), configuration.createTopic(), context.scheduler());
    this.sender = new BatchSender(client, () -> route);
    QueuePuller puller =
        new QueuePuller(
            client, QueuePuller.READER_GROUP, BrokerFilter.ALL, queue -> route.address(queue));
    TargetAddresses addresses =
        new TargetAddresses(configuration.instance(), queue -> route.address(queue));
    this.fence = new Fence(client, addresses, scheduler);
    this.tail = new TailSearch(client, addresses, new QueueScan(puller), fence, scheduler);
  }

  @Override
  public CompletionStage<Void> prepare(
      List<Partition> partitions, Map<Partition, TargetPosition> known) {
    return topic
        .withQueues(
            Math.max(partitions.size(), configuration.queues().orElse(0)),
            found -> requireThere(partitions, known, found))
        .thenCompose(
            found -> {
              route = found;
              refreshRegularly();
              requireThere(partitions, known, found);
              Map<Partition, Queue> chosen = choose(partitions, known, found.writable());
              return openWriters(new HashSet<>(chosen.values()))
                  .thenRun(
                      () ->
                          chosen.forEach(
                              (partition, queue) -> lanes.put(partition, writers.get(queue))));
            });
  }

  /**
   * A topic is not extended because brokers are away, or because it may only be read there: their
   * queues are to be waited for.
   */
  private void requireThere(
      List<Partition> partitions, Map<Partition, TargetPosition> known, TopicRoute found) {
    Set<String> present = names(found.writable());
    Set<String> readOnly = names(found.readOnly());
    for (Partition partition : partitions) {
      TargetPosition before = known.get(partition);
      if (before != null
          && !lanes.containsKey(partition)
          && !present.contains(before.partition())) {
        boolean there = readOnly.contains(before.partition());
        throw new RetriableException(
            there ? RocketMqError.TOPIC_READ_ONLY : RocketMqError.TARGET_QUEUE_GONE,
            "target queue %s, which holds %s, %s"
                .formatted(
                    before.partition(), partition, there ? "may only be read" : "is not there"),
            place());
      }
    }
  }

  private static Set<String> names(Collection<Queue> queues) {
    return queues.stream().map(Queue::name).collect(Collectors.toSet());
  }

  /** A partition stays in the queue where it was (I4); new ones take the queue of their lane. */
  private Map<Partition, Queue> choose(
      List<Partition> partitions, Map<Partition, TargetPosition> known, List<Queue> queues) {
    Map<String, Queue> byName = new HashMap<>();
    queues.forEach(queue -> byName.put(queue.name(), queue));
    Map<Partition, Queue> chosen = new HashMap<>();
    for (Partition partition : partitions) {
      TargetPosition before = known.get(partition);
      if (lanes.containsKey(partition)) {
        continue;
      }
      Queue queue =
          before == null
              ? queues.get(partition.lane() % queues.size())
              : byName.get(before.partition());
      chosen.put(partition, Objects.requireNonNull(queue));
    }
    return chosen;
  }

  private CompletableFuture<Void> openWriters(Set<Queue> queues) {
    List<CompletableFuture<Void>> opened = new ArrayList<>();
    for (Queue queue : queues) {
      shares.computeIfAbsent(queue, absent -> neighbours.join(configuration.instance(), queue));
      opened.add(
          tail.end(queue)
              .thenAcceptBoth(
                  compressions(queue), (end, known) -> writer(queue, end, known).endsAt(end)));
    }
    return CompletableFuture.allOf(opened.toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<Compressions> compressions(Queue queue) {
    return route
        .address(queue)
        .map(address -> QueueOffsets.version(client, queue, address).thenApply(Compressions::of))
        .orElse(CompletableFuture.completedFuture(Compressions.ALL));
  }

  private QueueWriter writer(Queue queue, long end, Compressions known) {
    return writers.computeIfAbsent(
        queue,
        absent ->
            new QueueWriter(
                queue,
                end,
                sender,
                encoder(known),
                fence,
                tail,
                scheduler,
                report,
                Objects.requireNonNull(shares.get(queue))));
  }

  private BatchEncoder encoder(Compressions known) {
    Stamping stamping = Stamping.of(configuration.stamp());
    EncoderLimits limits =
        EncoderLimits.DEFAULT.forTopic(client.names().wire(configuration.topic()));
    return new BatchEncoder(
        limits,
        RequestSize.learned(limits, client.answerTimes()),
        configuration.echoes() == Echoes.DROP
            ? stamping.cuttingEchoes(configuration.instance(), configuration.topic())
            : stamping,
        known,
        buffers);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Answers for those partitions of which there is a record behind the checkpoint, or whose end
   * the target has lost. For the others the checkpoint is exact: what was filtered out behind the
   * last stored record stays done. Without stamps it answers for none, and fails if a target queue
   * has lost its end.
   */
  @Override
  public CompletionStage<Map<Partition, ResumePoint>> tails(
      List<Partition> partitions, Map<Partition, ResumePoint> known) {
    Map<Queue, List<Partition>> byQueue = new HashMap<>();
    for (Partition partition : partitions) {
      byQueue
          .computeIfAbsent(lanes.get(partition).queue(), queue -> new ArrayList<>())
          .add(partition);
    }
    TailLookup lookup = new TailLookup(tail, configuration.instance());
    return configuration.stamp()
        ? lookup.find(byQueue, known).thenApply(this::seen)
        : lookup.requireNothingLost(byQueue, known).thenApply(complete -> Map.of());
  }

  /** What was written before the look is no stranger's. */
  private Map<Partition, ResumePoint> seen(Map<Partition, ResumePoint> points) {
    points.forEach(
        (partition, point) ->
            point.target().ifPresent(target -> lanes.get(partition).endsAt(target.next())));
    return points;
  }

  @Override
  public CompletionStage<Void> release(List<Partition> partitions) {
    List<CompletableFuture<Void>> settled = new ArrayList<>();
    for (Partition partition : partitions) {
      QueueWriter writer = lanes.remove(partition);
      if (writer != null) {
        settled.add(writer.settle());
      }
    }
    writers.values().retainAll(lanes.values());
    return CompletableFuture.allOf(settled.toArray(CompletableFuture<?>[]::new));
  }

  @Override
  public CompletionStage<WriteResult> write(Batch batch) {
    return watched(writer(batch).write(batch));
  }

  @Override
  public CompletionStage<WriteResult> resolve(Batch batch) {
    if (!configuration.stamp()) {
      return CompletableFuture.completedFuture(
          new WriteResult.NotStored(
              batch.first(),
              new RetriableException(
                  RocketMqError.OUTCOME_UNKNOWN,
                  "messages without stamp cannot be looked for; the batch is sent again",
                  place())));
    }
    return watched(writer(batch).resolve(batch));
  }

  private QueueWriter writer(Batch batch) {
    QueueWriter writer = lanes.get(batch.partition());
    if (writer == null) {
      throw new IllegalStateException("not prepared for " + batch.partition());
    }
    return writer;
  }

  /** A broker may have moved when something fails: look at once. */
  private CompletionStage<WriteResult> watched(CompletableFuture<WriteResult> result) {
    result.thenAccept(
        answer -> {
          if (!(answer instanceof WriteResult.Stored)) {
            refresh();
          }
        });
    return result;
  }

  private synchronized void refreshRegularly() {
    if (!refreshing) {
      refreshing = true;
      scheduler.after(ROUTE_INTERVAL, this::refreshAndGoOn);
    }
  }

  private void refreshAndGoOn() {
    if (!closed) {
      refresh();
      scheduler.after(ROUTE_INTERVAL, this::refreshAndGoOn);
    }
  }

  private void refresh() {
    Routes.find(client, configuration.topic())
        .whenComplete(
            (found, failure) -> {
              if (failure != null) {
                log.debug("route of {}: {}", configuration.topic(), failure.toString());
              } else if (found.isPresent() && !found.get().masters().isEmpty()) {
                route = found.get();
              }
            });
  }

  private Location place() {
    return new Location.Named("instance " + configuration.instance());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      shares.values().forEach(Neighbours.Share::close);
      lease.close();
    }
  }
}
