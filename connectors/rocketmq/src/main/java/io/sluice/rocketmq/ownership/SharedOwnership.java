package io.sluice.rocketmq.ownership;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.client.Serial;
import io.sluice.rocketmq.filter.BrokerFilter;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares the queues of a topic with the other runtimes of the flow, which are members of one
 * consumer group: everyone works out the same {@link Allocation}, and takes a queue only when its
 * broker grants the lock. A runtime that stops hands its queues over; the locks of one that dies
 * end after a minute, unless it comes back itself.
 *
 * <p>All state is touched by tasks of {@link #serial} only.
 */
public final class SharedOwnership implements Ownership {
  private static final Logger log = LoggerFactory.getLogger(SharedOwnership.class);

  /** Members and locks are looked after so often; RocketMQ's own clients do the same. */
  private static final Duration INTERVAL = Duration.ofSeconds(20);

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** What comes at once, such as the end of many queues' connection, is looked after once. */
  private static final Duration SOON = Duration.ofMillis(100);

  /** Rounds that a queue may be locked by another member before that is worth a word. */
  private static final int PATIENCE = 2;

  private final RemotingClient client;
  private final String flow;
  private final String clientId;
  private final GroupMembership membership;
  private final Scheduler scheduler;
  private final Troubles troubles;
  private final Serial serial = new Serial(this::broken);
  private final Runnable deaf;
  private final HeldQueues held;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private volatile TopicRoute route = TopicRoute.UNKNOWN;
  private Scheduler.Cancellable timer = () -> {};
  private boolean begun;
  private boolean tending;
  private boolean soon;
  private boolean stopped;
  private int refusals;

  /**
   * @param runtime names this runtime among those of the flow
   * @param filter of the flow, which the group shows as its subscription
   */
  public SharedOwnership(
      RemotingClient client,
      String flow,
      String runtime,
      String group,
      String topic,
      BrokerFilter filter,
      Scheduler scheduler,
      QueueTaker taker,
      Troubles troubles) {
    this.client = client;
    this.flow = flow;
    this.clientId = "sluice@" + flow + "@" + runtime;
    this.membership = new GroupMembership(client, clientId, group, topic, filter);
    this.scheduler = scheduler;
    this.troubles = troubles;
    this.held =
        new HeldQueues(
            client,
            flow,
            new QueueLocks(client, group, clientId),
            () -> route,
            scheduler,
            serial,
            taker,
            this::disturbed);
    this.deaf = client.onGroupChanged(group, this::disturbed);
  }

  /** Who is told of what stands in the way. Called on any thread. */
  public interface Troubles {

    /** Something is in the way, or still is; it is tried again. */
    void troubled(SluiceException cause);

    /** Nothing is in the way any more. */
    void settled();

    /** Queues that were allocated later cannot be taken. */
    void failed(Throwable cause);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Brokers that cannot be reached where the route says are waited for, as the route may be out
   * of date: it completes when the first queues were taken, of whichever broker, or when all
   * brokers have answered and there is nothing to take. Until then it is told what stands in the
   * way.
   */
  @Override
  public CompletableFuture<Void> start(TopicRoute first) {
    serial.execute(
        () -> {
          route = first;
          look();
        });
    return started;
  }

  @Override
  public void moved(TopicRoute now) {
    serial.execute(
        () -> {
          boolean changed = !now.equals(route);
          route = now;
          if (changed) {
            tendSoon();
          }
        });
  }

  @Override
  public void disturbed() {
    serial.execute(this::tendSoon);
  }

  private void tendSoon() {
    if (!soon && !stopped) {
      soon = true;
      timer.cancel();
      timer = scheduler.after(SOON, this::tendNow);
    }
  }

  private void tendNow() {
    serial.execute(
        () -> {
          // A round that is under way is followed by one soon, if that was asked for.
          if (!stopped && !tending) {
            soon = false;
            look();
          }
        });
  }

  private void look() {
    tend().thenAccept(this::looked);
  }

  private void looked(HeldQueues.Round round) {
    CompletableFuture<Void> taken =
        CompletableFuture.allOf(round.takes.toArray(CompletableFuture<?>[]::new));
    if (begun) {
      taken.exceptionally(this::notTaken);
    } else if (!round.takes.isEmpty() || round.failures.isEmpty()) {
      begun = true;
      taken.whenComplete(this::startEnded);
    } else {
      round.failures.stream()
          .map(this::explained)
          .filter(cause -> !(cause instanceof RetriableException))
          .findFirst()
          .ifPresent(started::completeExceptionally);
    }
  }

  private void startEnded(Void nothing, @Nullable Throwable failure) {
    if (failure == null) {
      started.complete(null);
    } else {
      started.completeExceptionally(failure);
    }
  }

  private Void notTaken(Throwable failure) {
    troubles.failed(failure);
    return null;
  }

  /** One round; does not fail. */
  private CompletableFuture<HeldQueues.Round> tend() {
    tending = true;
    HeldQueues.Round round = new HeldQueues.Round();
    Collection<String> brokers = route.masters().values();
    return membership
        .announce(brokers)
        .thenCompose(announced -> membership.members(brokers))
        .thenCompose(members -> serial.call(() -> share(members, round)))
        .handle((done, failure) -> failure)
        .thenCompose(failure -> serial.call(() -> tended(round, failure)));
  }

  private CompletableFuture<HeldQueues.Round> tended(
      HeldQueues.Round round, @Nullable Throwable failure) {
    tending = false;
    if (failure != null) {
      round.failures.add(failure);
    }
    if (!stopped) {
      refusals = round.refused ? refusals + 1 : 0;
      tell(round);
      boolean again = !round.failures.isEmpty() || round.refused;
      Duration pause = soon ? SOON : again ? RETRY : INTERVAL;
      soon = false;
      timer.cancel();
      timer = scheduler.after(pause, this::tendNow);
    }
    return CompletableFuture.completedFuture(round);
  }

  private void tell(HeldQueues.Round round) {
    if (!round.failures.isEmpty()) {
      troubles.troubled(explained(round.failures.get(0)));
    } else if (refusals >= PATIENCE) {
      troubles.troubled(
          new RetriableException(
              RocketMqError.QUEUE_LOCKED,
              "queues of this runtime are locked by another member of the group",
              new Location.Named("instance " + client)));
    } else if (refusals == 0) {
      troubles.settled();
    }
  }

  private SluiceException explained(Throwable failure) {
    return CallFailure.translate(failure, client, "instance " + client);
  }

  private CompletableFuture<Void> share(SortedSet<String> members, HeldQueues.Round round) {
    return stopped
        ? CompletableFuture.completedFuture(null)
        : held.share(Allocation.of(route.readable(), members, clientId), round);
  }

  @Override
  public CompletableFuture<Void> stop(Set<Queue> quiet) {
    deaf.run();
    return serial.call(
        () -> {
          stopped = true;
          timer.cancel();
          started.cancel(false);
          return held.giveUp(quiet)
              .thenCompose(unlocked -> membership.leave(route.masters().values()));
        });
  }

  private void broken(RuntimeException failure) {
    log.error("{}: sharing queues failed", flow, failure);
    troubles.failed(failure);
  }
}
