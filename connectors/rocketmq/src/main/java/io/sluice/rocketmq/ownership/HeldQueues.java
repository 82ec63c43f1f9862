package io.sluice.rocketmq.ownership;

import io.sluice.rocketmq.client.Connection;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.client.Serial;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.sdk.batch.Lease;
import io.sluice.sdk.time.Scheduler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queues that one member of a group holds: locked at their brokers, with a lease each, taken
 * and given up. Runs on the serial of its {@link SharedOwnership}.
 */
final class HeldQueues {
  private static final Logger log = LoggerFactory.getLogger(HeldQueues.class);

  private final RemotingClient client;
  private final String flow;
  private final QueueLocks locks;
  private final Supplier<TopicRoute> route;
  private final Scheduler scheduler;
  private final Serial serial;
  private final QueueTaker taker;
  private final Runnable disturbed;
  private final Map<Queue, QueueLease> held = new HashMap<>();
  private final Set<Queue> leaving = new HashSet<>();
  private boolean givenUp;

  /**
   * @param disturbed what is held should be looked after soon; called on any thread
   */
  HeldQueues(
      RemotingClient client,
      String flow,
      QueueLocks locks,
      Supplier<TopicRoute> route,
      Scheduler scheduler,
      Serial serial,
      QueueTaker taker,
      Runnable disturbed) {
    this.client = client;
    this.flow = flow;
    this.locks = locks;
    this.route = route;
    this.scheduler = scheduler;
    this.serial = serial;
    this.taker = taker;
    this.disturbed = disturbed;
  }

  /** What one round of looking after the queues brings. Written on the serial only. */
  static final class Round {
    final List<CompletableFuture<Void>> takes = new ArrayList<>();
    final List<Throwable> failures = new ArrayList<>();
    boolean refused;
  }

  /**
   * Hands over what is not ours any more, asks for more time with what is held, and takes what is
   * new. Called on the serial.
   *
   * @param mine the queues that are allocated to this member
   * @param round what comes of it is put there
   */
  CompletableFuture<Void> share(Set<Queue> mine, Round round) {
    held.keySet().stream()
        .filter(queue -> !mine.contains(queue) && isThere(queue))
        .toList()
        .forEach(this::handOver);
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

  /** What a broker had that is away comes back with it, and waits: nobody else can take it. */
  private boolean isThere(Queue queue) {
    return route.get().has(queue.broker());
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
                serial.call(
                    () -> {
                      if (givenUp) {
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
          .get()
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
        lease = new QueueLease(scheduler, () -> connection(queue), disturbed);
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
    return route.get().address(queue).map(client::connection);
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
                      disturbed.run();
                    }));
  }

  /** A lock that cannot be given back ends by itself. */
  private CompletableFuture<Void> unlock(Collection<Queue> queues) {
    return all(
        byAddress(queues).entrySet(),
        at -> locks.unlock(at.getKey(), at.getValue()).exceptionally(failure -> null));
  }

  /** Takes nothing more, and gives those locks back of whose queues nothing is being written. */
  CompletableFuture<Void> giveUp(Set<Queue> quiet) {
    givenUp = true;
    return unlock(held.keySet().stream().filter(quiet::contains).toList());
  }

  private static <T> CompletableFuture<Void> all(
      Collection<T> items, Function<T, CompletableFuture<Void>> call) {
    return CompletableFuture.allOf(items.stream().map(call).toArray(CompletableFuture<?>[]::new));
  }
}
