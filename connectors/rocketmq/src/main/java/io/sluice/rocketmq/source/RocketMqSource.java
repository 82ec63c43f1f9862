package io.sluice.rocketmq.source;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.ClientPool;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.filter.BrokerFilter;
import io.sluice.rocketmq.ownership.Ownership;
import io.sluice.rocketmq.ownership.SharedOwnership;
import io.sluice.rocketmq.ownership.SoleOwnership;
import io.sluice.rocketmq.pull.QueuePuller;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.Routes;
import io.sluice.rocketmq.route.TargetTopic;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.InFlight;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic of a RocketMQ instance by pulls, undecoded, each queue in order: all queues, or
 * with a consumer group those that this runtime owns.
 */
public final class RocketMqSource implements Source {
  private static final Logger log = LoggerFactory.getLogger(RocketMqSource.class);
  private static final Duration ROUTE_INTERVAL = Duration.ofSeconds(10);
  private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(2);

  private final RocketMqSourceConfiguration configuration;
  private final SourceContext context;
  private final Scheduler scheduler;
  private final ClientPool.Lease lease;
  private final RemotingClient client;
  private final BrokerFilter filter;
  private final InFlight inFlight;
  private final Lanes lanes;
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile TopicRoute route = TopicRoute.UNKNOWN;
  private volatile Optional<Reading> reading = Optional.empty();
  private volatile boolean stopping;

  /** Makes a source; the pool gives it a connection that it may share. */
  public RocketMqSource(
      RocketMqSourceConfiguration configuration, SourceContext context, ClientPool clients) {
    this.configuration = configuration;
    this.context = context;
    this.scheduler = context.scheduler();
    this.lease = clients.lease(context.instance(configuration.instance()), ClientPool.Side.SOURCE);
    this.client = lease.client();
    this.filter = configuration.filter();
    this.inFlight = new InFlight(context.inFlightLimit());
    this.lanes = new Lanes(configuration.instance(), configuration.reader());
  }

  /** What reads, from the start on. */
  private record Reading(SourceEvents events, QueueReaders readers, Ownership ownership) {}

  @Override
  public CompletionStage<Void> start(BatchReceiver receiver) {
    Reading begun = reading(new SourceEvents(context.flow(), configuration, receiver, scheduler));
    reading = Optional.of(begun);
    begun.events().onFirstTrouble(() -> disturbed(begun));
    begun.events().onFatal(begun.readers()::stop);
    return withQueues()
        .thenCompose(ready -> findRoute())
        .thenCompose(
            found -> {
              route = found;
              lanes.add(found);
              requireRunning();
              // Also while it starts: what the first name server said may be out of date.
              every(ROUTE_INTERVAL, () -> refreshRoute(begun));
              return begun.ownership().start(found);
            })
        .thenRun(
            () -> {
              lanes.begin();
              every(COMMIT_INTERVAL, begun.readers()::commit);
            });
  }

  private Reading reading(SourceEvents events) {
    // In the name of the flow's group, which the credentials permit: the readers' may be refused.
    String group = configuration.groupID().orElse(QueuePuller.READER_GROUP);
    QueuePuller unfiltered = puller(group, BrokerFilter.ALL);
    Optional<GroupOffsets> offsets =
        configuration.groupID().map(name -> new GroupOffsets(client, name));
    QueueReaders readers =
        new QueueReaders(
            lanes,
            new StartLookup(
                client,
                unfiltered,
                offsets,
                StartPosition.of(configuration.offset(), configuration.timestamp())),
            new QueueReader.Tools(
                puller(group, filter),
                unfiltered,
                filter,
                client.names(),
                inFlight,
                scheduler,
                events),
            events,
            () -> route,
            offsets.map(GroupCommitter::new));
    return new Reading(events, readers, ownership(events, readers));
  }

  private QueuePuller puller(String group, BrokerFilter wanted) {
    // What is shared is written under locks, which masters grant.
    return configuration.groupID().isPresent()
        ? new QueuePuller(client, group, wanted, queue -> route.address(queue))
        : QueuePuller.ofReplicas(client, group, wanted, queue -> route.replica(queue));
  }

  private Ownership ownership(SourceEvents events, QueueReaders readers) {
    OwnershipTroubles troubles = new OwnershipTroubles(events);
    if (configuration.groupID().isEmpty()) {
      return new SoleOwnership(readers, troubles::failed);
    }
    return new SharedOwnership(
        client,
        context.flow(),
        context.runtime(),
        configuration.groupID().get(),
        configuration.topic(),
        filter,
        scheduler,
        readers,
        troubles);
  }

  /** Gives the topic the queues that are asked for, if it has fewer and may be written. */
  private CompletableFuture<?> withQueues() {
    return configuration.queues().isEmpty()
        ? CompletableFuture.completedFuture(null)
        : Routes.find(client, configuration.topic())
            .thenCompose(
                found ->
                    found.filter(TopicRoute::isReadOnly).isPresent()
                        ? CompletableFuture.completedFuture(null)
                        : new TargetTopic(client, configuration.topic(), true, scheduler)
                            .withQueues(configuration.queues().getAsInt(), present -> {}));
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

  private void requireRunning() {
    if (stopping) {
      throw new CancellationException("flow " + context.flow() + " was stopped while it started");
    }
  }

  /** A broker may have moved, or forgotten what it knew. */
  private void disturbed(Reading begun) {
    refreshRoute(begun);
    begun.ownership().disturbed();
  }

  private void refreshRoute(Reading begun) {
    findRoute()
        .whenComplete(
            (found, failure) -> {
              if (failure == null && !stopping) {
                moved(begun, found);
              }
            });
  }

  private void moved(Reading begun, TopicRoute found) {
    Map<String, String> orphans = configuration.groupID().isPresent() ? Map.of() : found.orphans();
    if (!orphans.equals(route.orphans()) && !orphans.isEmpty()) {
      log.warn("{}: reads slaves, as their masters are gone: {}", context.flow(), orphans);
    }
    route = found;
    Set<Queue> appeared = lanes.add(found);
    if (!appeared.isEmpty()) {
      log.info("{}: queues appeared: {}", context.flow(), appeared);
    }
    begun.ownership().moved(found);
  }

  @Override
  public void pause() {
    reading.ifPresent(begun -> begun.readers().pause());
  }

  @Override
  public void resume() {
    reading.ifPresent(begun -> begun.readers().resume());
  }

  @Override
  public void done(Batch batch, Optional<TargetPosition> stored) {
    reading.ifPresent(begun -> begun.readers().done(batch, stored));
  }

  @Override
  public void goOn(Batch batch) {
    reading.ifPresent(begun -> begun.readers().goOn(batch));
  }

  /** What is fetched and not done. */
  InFlight inFlight() {
    return inFlight;
  }

  @Override
  public List<PartitionProgress> progress() {
    return reading.map(begun -> begun.readers().progress()).orElse(List.of());
  }

  @Override
  public CompletionStage<Void> stop() {
    synchronized (lanes) {
      if (stopping) {
        return stopped;
      }
      stopping = true;
    }
    reading
        .map(RocketMqSource::end)
        .orElseGet(() -> CompletableFuture.completedFuture(null))
        .whenComplete(
            (ended, ignored) -> {
              lease.close();
              stopped.complete(null);
            });
    return stopped;
  }

  private static CompletableFuture<Void> end(Reading begun) {
    return begun
        .readers()
        .stop()
        .thenCompose(ended -> begun.readers().commitLast())
        .thenCompose(committed -> begun.ownership().stop(begun.readers().quiet()));
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

  /** Tells of the sharing of queues what is told of reading them. */
  private final class OwnershipTroubles implements SharedOwnership.Troubles {
    private final SourceEvents events;

    private OwnershipTroubles(SourceEvents events) {
      this.events = events;
    }

    @Override
    public void troubled(SluiceException cause) {
      events.troubled(this, cause);
    }

    @Override
    public void settled() {
      events.recovered(this);
    }

    @Override
    public void failed(Throwable cause) {
      if (!stopping && !(CallFailure.unwrap(cause) instanceof CancellationException)) {
        events.failed(CallFailure.translate(cause, client, "instance " + client));
      }
    }
  }
}
