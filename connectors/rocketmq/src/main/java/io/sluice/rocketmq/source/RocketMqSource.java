package io.sluice.rocketmq.source;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.ClientPool;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.pull.QueuePuller;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.Routes;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.rocketmq.stored.TagExpression;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.InFlight;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a topic of a RocketMQ instance, queue by queue, undecoded. */
public final class RocketMqSource implements Source {
  private static final Logger log = LoggerFactory.getLogger(RocketMqSource.class);
  private static final Duration ROUTE_INTERVAL = Duration.ofSeconds(10);
  private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(2);
  private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(30);
  private static final Duration LOOKUP_RETRY = Duration.ofSeconds(1);

  private final RocketMqSourceConfiguration configuration;
  private final SourceContext context;
  private final Scheduler scheduler;
  private final ClientPool.Lease lease;
  private final RemotingClient client;
  private final Optional<GroupCommitter> committer;
  private final Optional<GroupMembership> membership;
  private final StartLookup lookup;
  private final QueuePuller puller;
  private final TagExpression tags;
  private final InFlight inFlight;
  private final Map<Queue, Partition> partitions = new LinkedHashMap<>();
  private final ConcurrentMap<String, QueueReader> readers = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile TopicRoute route = new TopicRoute(List.of(), List.of(), Map.of());
  private volatile boolean stopping;
  private volatile boolean paused;

  /** Makes a source; the pool gives it a connection that it may share. */
  public RocketMqSource(
      RocketMqSourceConfiguration configuration, SourceContext context, ClientPool clients) {
    this.configuration = configuration;
    this.context = context;
    this.scheduler = context.scheduler();
    this.lease = clients.lease(context.instance(configuration.instance()), ClientPool.Side.SOURCE);
    this.client = lease.client();
    this.tags = TagExpression.parse(configuration.tag());
    this.inFlight = new InFlight(context.inFlightLimit());
    Optional<GroupOffsets> offsets =
        configuration.groupID().map(group -> new GroupOffsets(client, group));
    this.committer = offsets.map(GroupCommitter::new);
    this.membership =
        configuration
            .groupID()
            .map(
                group ->
                    new GroupMembership(
                        client, context.flow(), group, configuration.topic(), tags.text()));
    this.lookup =
        new StartLookup(
            client, offsets, StartPosition.of(configuration.offset(), configuration.timestamp()));
    this.puller =
        new QueuePuller(
            client,
            configuration.groupID().orElse(QueuePuller.READER_GROUP),
            tags.text(),
            queue -> route.address(queue));
  }

  @Override
  public CompletionStage<Void> start(BatchReceiver receiver) {
    SourceEvents events = new SourceEvents(context.flow(), configuration, receiver, scheduler);
    events.onFirstTrouble(() -> refreshRoute(events));
    events.onFatal(this::stopReaders);
    return findRoute()
        .thenCompose(
            found -> {
              route = found;
              requireRunning();
              membership.ifPresent(member -> member.announce(found.masters().values()));
              return read(events, assignLanes(found));
            })
        .thenRun(
            () -> {
              every(ROUTE_INTERVAL, () -> refreshRoute(events));
              every(COMMIT_INTERVAL, () -> commit(false));
              every(
                  HEARTBEAT_INTERVAL,
                  () -> membership.ifPresent(member -> member.announce(route.masters().values())));
            });
  }

  private CompletableFuture<TopicRoute> findRoute() {
    return Routes.find(client, configuration.topic())
        .thenApply(
            found ->
                found
                    .filter(known -> !known.readable().isEmpty())
                    .orElseThrow(
                        () ->
                            new RetriableException(
                                RocketMqError.TOPIC_MISSING,
                                "topic " + configuration.topic() + " has no queues to read",
                                new Location.Named("instance " + configuration.instance()))));
  }

  /**
   * Gives lanes to queues that have none, in the order of the route, and answers those partitions.
   */
  private Map<Queue, Partition> assignLanes(TopicRoute found) {
    synchronized (partitions) {
      Map<Queue, Partition> added = new LinkedHashMap<>();
      for (Queue queue : found.readable()) {
        if (!partitions.containsKey(queue)) {
          Partition partition =
              new Partition(configuration.instance() + "/" + queue.name(), partitions.size());
          partitions.put(queue, partition);
          added.put(queue, partition);
        }
      }
      return added;
    }
  }

  private void requireRunning() {
    if (stopping) {
      throw new CancellationException("flow " + context.flow() + " was stopped while it started");
    }
  }

  private CompletableFuture<Void> stopReaders() {
    return CompletableFuture.allOf(
        readers.values().stream().map(QueueReader::stop).toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<Void> read(SourceEvents events, Map<Queue, Partition> added) {
    return events
        .receiver()
        .assigned(List.copyOf(added.values()))
        .toCompletableFuture()
        .thenCompose(
            known -> {
              boolean ranBefore = !known.isEmpty();
              List<CompletableFuture<Void>> starts = new ArrayList<>();
              added.forEach(
                  (queue, partition) ->
                      starts.add(
                          startOf(queue, partition, known, ranBefore)
                              .thenAccept(start -> open(events, queue, partition, start))));
              return CompletableFuture.allOf(starts.toArray(CompletableFuture<?>[]::new));
            });
  }

  private CompletableFuture<ResumePoint> startOf(
      Queue queue, Partition partition, Map<Partition, ResumePoint> known, boolean ranBefore) {
    ResumePoint point = known.get(partition);
    if (point != null) {
      return CompletableFuture.completedFuture(point);
    }
    return lookup
        .offset(queue, route, ranBefore)
        .thenApply(offset -> new ResumePoint(new Position(offset), Optional.empty()));
  }

  private void open(SourceEvents events, Queue queue, Partition partition, ResumePoint start) {
    QueueReader reader =
        new QueueReader(queue, partition, start, puller, tags, inFlight, scheduler, events);
    readers.put(partition.name(), reader);
    if (stopping || events.hasFailed()) {
      return;
    }
    if (paused) {
      reader.pause();
    }
    reader.proceed();
  }

  private void refreshRoute(SourceEvents events) {
    findRoute()
        .whenComplete(
            (found, failure) -> {
              if (failure == null && !stopping) {
                route = found;
                Map<Queue, Partition> added = assignLanes(found);
                if (!added.isEmpty()) {
                  log.info("{}: queues appeared: {}", context.flow(), added.keySet());
                  readAppeared(events, added);
                }
              }
            });
  }

  private void readAppeared(SourceEvents events, Map<Queue, Partition> added) {
    events
        .receiver()
        .assigned(List.copyOf(added.values()))
        .whenComplete(
            (known, failure) -> {
              if (failure == null) {
                added.forEach((queue, partition) -> openAppeared(events, queue, partition, known));
              } else if (!stopping) {
                events.failed(CallFailure.translate(failure, client, "instance " + client));
              }
            });
  }

  /** All of a queue that appears is new, whatever position is configured. */
  private void openAppeared(
      SourceEvents events, Queue queue, Partition partition, Map<Partition, ResumePoint> known) {
    startOf(queue, partition, known, true)
        .whenComplete(
            (start, failure) -> {
              if (stopping) {
                return;
              }
              if (failure == null) {
                events.recovered(queue);
                open(events, queue, partition, start);
              } else if (CallFailure.unwrap(failure) instanceof RetriableException trouble) {
                events.troubled(queue, trouble);
                timer(LOOKUP_RETRY, () -> openAppeared(events, queue, partition, known));
              } else {
                events.failed(CallFailure.translate(failure, client, "instance " + client));
              }
            });
  }

  @Override
  public void pause() {
    paused = true;
    readers.values().forEach(QueueReader::pause);
  }

  @Override
  public void resume() {
    paused = false;
    readers.values().forEach(QueueReader::resume);
  }

  @Override
  public void done(Batch batch, Optional<TargetPosition> stored) {
    QueueReader reader = readers.get(batch.partition().name());
    if (reader == null) {
      throw new IllegalArgumentException("not a partition of this source: " + batch.partition());
    }
    reader.done(batch, stored);
  }

  /** What is fetched and not done. */
  InFlight inFlight() {
    return inFlight;
  }

  @Override
  public List<PartitionProgress> progress() {
    return readers.values().stream().map(QueueReader::progress).toList();
  }

  @Override
  public CompletionStage<Void> stop() {
    synchronized (partitions) {
      if (stopping) {
        return stopped;
      }
      stopping = true;
    }
    stopReaders()
        .thenCompose(ended -> commit(true))
        .exceptionally(uncommitted -> null)
        .thenCompose(committed -> leave())
        .whenComplete(
            (left, ignored) -> {
              lease.close();
              stopped.complete(null);
            });
    return stopped;
  }

  private CompletableFuture<Void> leave() {
    return membership
        .map(member -> member.leave(route.masters().values()))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  private CompletableFuture<Void> commit(boolean last) {
    return committer
        .map(
            group ->
                last
                    ? group.commitLast(readers.values(), route)
                    : group.commit(readers.values(), route))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  private void every(Duration interval, Runnable task) {
    timer(
        interval,
        () -> {
          task.run();
          every(interval, task);
        });
  }

  private void timer(Duration delay, Runnable task) {
    scheduler.after(
        delay,
        () -> {
          if (!stopping) {
            task.run();
          }
        });
  }
}
