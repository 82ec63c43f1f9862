package io.sluice.rocketmq.grpc.source;

import apache.rocketmq.v2.ChangeInvisibleDurationResponse;
import apache.rocketmq.v2.Code;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Keeps messages from being given to somebody else while they are held here, or gives them back. A
 * few calls at a time: each is for one message. Thread-safe.
 */
final class Keeper {
  private static final int AT_ONCE = 32;

  private final ConsumerCalls calls;
  private final String clientId;
  private final Function<String, String> proxies;
  private final Scheduler scheduler;

  /**
   * @param proxies which one serves a broker
   */
  Keeper(
      ConsumerCalls calls, String clientId, Function<String, String> proxies, Scheduler scheduler) {
    this.calls = calls;
    this.clientId = clientId;
    this.proxies = proxies;
    this.scheduler = scheduler;
  }

  /** Whether it is time to renew a message: half of its time has passed. */
  boolean isDue(Received message) {
    return message.visibleIn(scheduler.nanoTime()) < ConsumerCalls.INVISIBLE.toNanos() / 2
        && message.settled().isDone();
  }

  /**
   * Keeps messages for a duration from now on. A message that cannot be kept may come again.
   *
   * @return completes, never with a failure, at the end
   */
  CompletableFuture<Void> keep(Collection<Received> messages, Duration duration) {
    Queue<Round> rounds = new ArrayDeque<>();
    for (Received message : messages) {
      CompletableFuture<Void> end = new CompletableFuture<>();
      message.renewing(end);
      rounds.add(new Round(message, end));
    }
    CompletableFuture<?>[] ends =
        rounds.stream().map(Round::end).toArray(CompletableFuture<?>[]::new);
    for (int lane = 0; lane < AT_ONCE; lane++) {
      next(rounds, duration);
    }
    return CompletableFuture.allOf(ends);
  }

  private record Round(Received message, CompletableFuture<Void> end) {}

  private void next(Queue<Round> rounds, Duration duration) {
    Round round;
    synchronized (rounds) {
      round = rounds.poll();
    }
    if (round == null) {
      return;
    }
    Received message = round.message();
    long from = scheduler.nanoTime();
    calls
        .keep(proxies.apply(message.broker()), clientId, message, duration)
        .whenComplete(
            (answer, failure) -> {
              if (answer != null) {
                renewed(message, answer, from + duration.toNanos());
              }
              round.end().complete(null);
              next(rounds, duration);
            });
  }

  private static void renewed(
      Received message, ChangeInvisibleDurationResponse answer, long visibleAt) {
    if (answer.getStatus().getCode() == Code.OK) {
      message.renewed(answer.getReceiptHandle(), visibleAt);
    }
  }
}
