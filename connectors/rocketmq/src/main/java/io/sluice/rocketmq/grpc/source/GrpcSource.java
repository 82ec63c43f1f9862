package io.sluice.rocketmq.grpc.source;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.ClientPool;
import io.sluice.rocketmq.client.Pool;
import io.sluice.rocketmq.grpc.ProxyClient;
import io.sluice.rocketmq.grpc.ProxyPool;
import io.sluice.rocketmq.source.GroupPositions;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import io.sluice.rocketmq.source.Troubles;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.InFlight;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads a topic of a RocketMQ instance through its proxies, as a member of a consumer group. The
 * proxies own the group's positions: a message is acknowledged when it is done, and comes again
 * when it is not for a while (I1, I3).
 */
public final class GrpcSource implements Source {
  /** More would have to be renewed, message by message, when the target stands still. */
  private static final long MOST_IN_FLIGHT = 8_192;

  private static final Duration ROUTE_INTERVAL = Duration.ofSeconds(10);
  private static final Duration RENEWALS = Duration.ofSeconds(5);
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final RocketMqSourceConfiguration configuration;
  private final SourceContext context;
  private final Scheduler scheduler;
  private final ClientPool remoting;
  private final Instance instance;
  private final Pool<ProxyClient>.Lease lease;
  private final Membership membership;
  private final InFlight inFlight;
  private final AtomicBoolean failed = new AtomicBoolean();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile Optional<Reading> reading = Optional.empty();
  private volatile boolean stopping;

  /**
   * Makes a source.
   *
   * @param clients give it a connection that it may share
   * @param remoting gives it another one, for the time of setting the group's position
   * @throws SluiceException as {@link GrpcSourceCheck} says
   */
  public GrpcSource(
      RocketMqSourceConfiguration configuration,
      SourceContext context,
      ProxyPool clients,
      ClientPool remoting) {
    this.configuration = configuration;
    this.context = context;
    this.scheduler = context.scheduler();
    this.remoting = remoting;
    this.instance = context.instance(configuration.instance());
    GrpcSourceCheck.check(configuration, instance);
    this.lease = clients.lease(instance, ProxyPool.Side.SOURCE);
    this.membership = new Membership(lease.client(), configuration, context);
    InFlightLimit limit = context.inFlightLimit();
    this.inFlight =
        new InFlight(new InFlightLimit(Math.min(limit.records(), MOST_IN_FLIGHT), limit.bytes()));
  }

  /** What reads, from the start on. */
  private record Reading(Lanes lanes, Receivers receivers, BatchReceiver receiver) {}

  @Override
  public CompletionStage<Void> start(BatchReceiver receiver) {
    Troubles troubles = new Troubles(context.flow(), configuration.topic(), receiver);
    troubles.onFirst(this::refreshRoute);
    Lanes lanes = new Lanes(context, configuration, receiver, this::done, this::broken);
    Receivers receivers =
        new Receivers(membership, lanes, troubles, inFlight, scheduler, this::broken);
    Reading begun = new Reading(lanes, receivers, receiver);
    reading = Optional.of(begun);
    return membership
        .findRoute()
        .thenCompose(
            route ->
                establishGroup()
                    .thenCompose(established -> membership.join(route))
                    .thenCompose(joined -> lanes.add(route))
                    .thenRun(() -> receivers.addAll(route)))
        .thenRun(
            () -> {
              every(ROUTE_INTERVAL, this::refreshRoute);
              every(RENEWALS, () -> lanes.forEach(lane -> lane.held(membership::renew)));
            });
  }

  /**
   * Where the brokers can be asked; without them the group is what proxies make of it. Before it is
   * joined, as proxies remember for a while what a group is like.
   */
  private CompletableFuture<Void> establishGroup() {
    if (instance.nameServers().isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    ClientPool.Lease brokers = remoting.lease(instance, ClientPool.Side.SOURCE);
    return new GroupPositions(brokers.client(), configuration)
        .establish()
        .whenComplete((established, failure) -> brokers.close());
  }

  private void refreshRoute() {
    reading.ifPresent(
        begun ->
            membership
                .findRoute()
                .thenCompose(
                    route ->
                        begun
                            .lanes()
                            .add(route)
                            .thenRun(
                                () -> {
                                  if (!stopping) {
                                    begun.receivers().addAll(route);
                                  }
                                })));
  }

  @Override
  public void pause() {
    reading.ifPresent(begun -> begun.receivers().pause());
  }

  @Override
  public void resume() {
    reading.ifPresent(begun -> begun.receivers().resume());
  }

  @Override
  public void done(Batch batch, Optional<TargetPosition> stored) {
    reading.ifPresent(begun -> begun.lanes().of(batch.partition()).done(batch, stored));
  }

  /** Messages are in flight until they are acknowledged. */
  private void done(List<Received> messages) {
    membership
        .acknowledge(messages)
        .thenRun(
            () -> {
              long bytes = messages.stream().mapToLong(Received::bytes).sum();
              inFlight.release(messages.size(), bytes);
              reading.ifPresent(begun -> begun.receivers().letGo(messages));
            });
  }

  @Override
  public List<PartitionProgress> progress() {
    return reading
        .map(begun -> begun.lanes().progress(begun.receivers().areDrained()))
        .orElse(List.of());
  }

  @Override
  public CompletionStage<Void> stop() {
    synchronized (this) {
      if (stopping) {
        return stopped;
      }
      stopping = true;
    }
    reading
        .map(this::end)
        .orElseGet(() -> CompletableFuture.completedFuture(null))
        .completeOnTimeout(null, FAREWELL.toSeconds(), TimeUnit.SECONDS)
        .thenCompose(ended -> membership.leave())
        .whenComplete(
            (left, failure) -> {
              lease.close();
              stopped.complete(null);
            });
    return stopped;
  }

  private CompletableFuture<Void> end(Reading begun) {
    begun.receivers().stop();
    List<CompletableFuture<Void>> ends = new ArrayList<>(List.of(membership.acknowledged()));
    begun.lanes().forEach(lane -> ends.add(lane.stop().thenCompose(membership::giveBack)));
    return CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new));
  }

  private void broken(RuntimeException failure) {
    SluiceException cause =
        failure instanceof SluiceException known
            ? known
            : new SluiceException(
                RocketMqError.UNEXPECTED_ANSWER,
                "reading " + configuration.topic() + " failed: " + failure,
                Location.InFlow.of(context.flow()),
                "This is a bug; the log has its trace.",
                failure);
    if (failed.compareAndSet(false, true)) {
      reading.ifPresent(
          begun -> {
            begun.receivers().stop();
            begun.receiver().failed(cause);
          });
    }
  }

  private void every(Duration interval, Runnable task) {
    scheduler.after(
        interval,
        () -> {
          if (!stopping) {
            task.run();
            every(interval, task);
          }
        });
  }
}
