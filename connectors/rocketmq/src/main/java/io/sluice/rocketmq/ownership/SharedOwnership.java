package io.sluice.rocketmq.ownership;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.Connection;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.client.Serial;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.sdk.batch.Lease;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
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
  private final QueueLocks locks;
  private final Scheduler scheduler;
  private final QueueTaker taker;
  private final Troubles troubles;
  private final Serial serial = new Serial(this::broken);
  private final Runnable deaf;
  private final Map<Queue, QueueLease> held = new HashMap<>();
  private final Set<Queue> leaving = new HashSet<>();
  private volatile TopicRoute route = new TopicRoute(List.of(), List.of(), Map.of());
  private Scheduler.Cancellable timer = () -> {};
  private boolean tending;
  private boolean soon;
  private boolean stopped;
  private int refusals;

  /**
   * @param runtime names this runtime among those of the flow
   * @param tags the flow's tag expression, which the group shows as its subscription
   */
  public SharedOwnership(
      RemotingClient client,
      String flow,
      String runtime,
      String group,
      String topic,
      String tags,
      Scheduler scheduler,
      QueueTaker taker,
      Troubles troubles) {
    this.client = client;
    this.flow = flow;
    this.clientId = "sluice@" + flow + "@" + runtime;
    this.membership = new GroupMembership(client, clientId, group, topic, tags);
    this.locks = new QueueLocks(client, group, clientId);
    this.scheduler = scheduler;
    this.taker = taker;
    this.troubles = troubles;
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

  @Override
  public CompletableFuture<Void> start(TopicRoute first) {
    return onSerial(
        () -> {
          route = first;
          return tend()
              .thenCompose(
                  round -> {
                    round.failures.forEach(
                        failure -> {
                          throw CallFailure.translate(failure, client, "instance " + client);
                        });
                    return all(round.takes, take -> take);
                  });
        });
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
            tend()
                .thenAccept(
                    round -> round.takes.forEach(take -> take.exceptionally(this::notTaken)));
          }
        });
  }

  private Void notTaken(Throwable failure) {
    troubles.failed(failure);
    return null;
  }

  /** What one round brings. Written on the serial only. */
  private static final class Round {
    private final List<CompletableFuture<Void>> takes = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private boolean refused;
  }

  /** One round; does not fail. */
  private CompletableFuture<Round> tend() {
    tending = true;
    Round round = new Round();
    Collection<String> brokers = route.masters().values();
    return membership
        .announce(brokers)
        .thenCompose(announced -> membership.members(brokers))
        .thenCompose(members -> onSerial(() -> share(members, round)))
        .handle((done, failure) -> failure)
        .thenCompose(failure -> onSerial(() -> tended(round, failure)));
  }

  private CompletableFuture<Round> tended(Round round, @Nullable Throwable failure) {
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

  private void tell(Round round) {
    if (!round.failures.isEmpty()) {
      Throwable first = round.failures.get(0);
      troubles.troubled(CallFailure.translate(first, client, "instance " + client));
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

  private CompletableFuture<Void> share(SortedSet<String> members, Round round) {
    if (stopped) {
      return CompletableFuture.completedFuture(null);
    }
    Set<Queue> mine = Allocation.of(route.readable(), members, clientId);
    held.keySet().stream().filter(queue -> !mine.contains(queue)).toList().forEach(this::handOver);
    Set<Queue> wanted = new HashSet<>(mine);
    wanted.addAll(held.keySet());
    return all(
        byAddress(wanted).entrySet(),
        at ->
            lock(at.getKey(), at.getValue(), mine, round)
                .exceptionally(
                    failure -> {
                      serial.execute(() -> round.failures.add(failure));
                      return null;
                    }));
  }

  private CompletableFuture<Void> lock(
      String address, List<Queue> queues, Set<Queue> mine, Round round) {
    Connection by = client.connection(address);
    Set<Queue> fresh = new HashSet<>(mine);
    fresh.removeAll(held.keySet());
    long askedAt = scheduler.nanoTime();
    return locks
        .lock(address, queues)
        .thenCompose(
            locked ->
                onSerial(
                    () -> {
                      if (stopped) {
                        return unlock(locked);
                      }
                      granted(locked, fresh, by, askedAt).ifPresent(round.takes::add);
                      for (Queue queue : queues) {
                        if (!locked.contains(queue)) {
                          round.refused = true;
                          refused(queue);
                        }
                      }
                      return CompletableFuture.completedFuture(null);
                    }));
  }

  private Map<String, List<Queue>> byAddress(Collection<Queue> queues) {
    Map<String, List<Queue>> byAddress = new HashMap<>();
    for (Queue queue : queues) {
      route
          .address(queue)
          .ifPresent(
              address -> byAddress.computeIfAbsent(address, one -> new ArrayList<>()).add(queue));
    }
    return byAddress;
  }

  /**
   * The broker has locked queues.
   *
   * @param fresh those that were not held when it was asked
   */
  private Optional<CompletableFuture<Void>> granted(
      Set<Queue> locked, Set<Queue> fresh, Connection by, long askedAt) {
    Map<Queue, Lease> added = new HashMap<>();
    for (Queue queue : locked) {
      QueueLease lease = held.get(queue);
      if (lease == null && !fresh.contains(queue)) {
        unlock(List.of(queue)); // handed over while the broker was asked for more time
        continue;
      }
      if (lease == null) {
        lease = new QueueLease(scheduler, () -> connection(queue), this::disturbed);
        held.put(queue, lease);
        added.put(queue, lease);
      }
      lease.granted(by, askedAt);
    }
    if (added.isEmpty()) {
      return Optional.empty();
    }
    log.info("{}: takes {}", flow, added.keySet());
    return Optional.of(
        taker
            .take(added)
            .whenComplete(
                (nothing, failure) -> {
                  if (failure != null) {
                    serial.execute(() -> held.keySet().removeAll(added.keySet()));
                  }
                }));
  }

  private Optional<Connection> connection(Queue queue) {
    return route.address(queue).map(client::connection);
  }

  /** Another member holds the lock. */
  private void refused(Queue queue) {
    if (held.remove(queue) != null) {
      log.warn("{}: has lost {} to another member of the group", flow, queue);
      taker.abandon(queue).thenRun(() -> serial.execute(() -> leaving.remove(queue)));
    }
  }

  private void handOver(Queue queue) {
    if (!leaving.add(queue)) {
      return;
    }
    log.info("{}: hands {} over", flow, queue);
    taker
        .handOver(queue)
        .thenRun(
            () ->
                serial.execute(
                    () -> {
                      leaving.remove(queue);
                      if (held.remove(queue) != null) {
                        unlock(List.of(queue));
                      }
                      tendSoon();
                    }));
  }

  /** A lock that cannot be given back ends by itself. */
  private CompletableFuture<Void> unlock(Collection<Queue> queues) {
    return all(
        byAddress(queues).entrySet(),
        at -> locks.unlock(at.getKey(), at.getValue()).exceptionally(failure -> null));
  }

  @Override
  public CompletableFuture<Void> stop(Set<Queue> quiet) {
    deaf.run();
    return onSerial(
        () -> {
          stopped = true;
          timer.cancel();
          return unlock(held.keySet().stream().filter(quiet::contains).toList())
              .thenCompose(unlocked -> membership.leave(route.masters().values()));
        });
  }

  private void broken(RuntimeException failure) {
    log.error("{}: sharing queues failed", flow, failure);
    troubles.failed(failure);
  }

  private <T> CompletableFuture<T> onSerial(Task<T> task) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    serial.execute(
        () -> {
          try {
            task.run()
                .whenComplete(
                    (value, failure) -> {
                      if (failure == null) {
                        answer.complete(value);
                      } else {
                        answer.completeExceptionally(failure);
                      }
                    });
          } catch (RuntimeException bug) {
            answer.completeExceptionally(bug);
          }
        });
    return answer;
  }

  private static <T> CompletableFuture<Void> all(
      Collection<T> items, Function<T, CompletableFuture<Void>> call) {
    return CompletableFuture.allOf(items.stream().map(call).toArray(CompletableFuture<?>[]::new));
  }

  private interface Task<T> {
    CompletableFuture<T> run();
  }
}
