package io.sluice.rocketmq.sink;

import io.sluice.rocketmq.client.Connection;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.QueueOffsets;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/**
 * Waits until no request that was sent to a target queue can be stored any more, so that the queue
 * tells what is missing (I7).
 *
 * <p>The connection is broken first: what it has not passed on is lost. What it has passed on may
 * lie unread in the buffers of a process that stands still, so the time that a request may wait
 * there counts only from an answer on that was asked for afterwards.
 *
 * <p>Does not block; futures fail with a SluiceException.
 */
final class Fence {
  /**
   * For a broker: it refuses requests that waited longer than waitTimeMillsInSendQueue (200 ms by
   * default), and shows what it stored within milliseconds.
   */
  static final Duration OF_BROKER = Duration.ofSeconds(1);

  /**
   * For a proxy: it keeps a request for up to remotingWaitTimeMillsInSendQueue (3 s by default),
   * and before it passes it on asks brokers for what it does not know of topic and user, which may
   * take 3 s each.
   */
  static final Duration OF_PROXY = Duration.ofSeconds(10);

  /** A connection that was just broken is in the way of the next one for a moment. */
  private static final Duration UNTIL_BROKEN = Duration.ofMillis(200);

  private final RemotingClient client;
  private final TargetAddresses addresses;
  private final Scheduler scheduler;

  Fence(RemotingClient client, TargetAddresses addresses, Scheduler scheduler) {
    this.client = client;
    this.addresses = addresses;
    this.scheduler = scheduler;
  }

  /**
   * Completes when what was sent before is stored or lost.
   *
   * @param sentBy the connection by which the last request went out, if there was any
   */
  CompletableFuture<Void> raise(Queue queue, Optional<Connection> sentBy) {
    return sentBy
        .map(this::broken)
        .orElseGet(() -> CompletableFuture.completedFuture(null))
        .thenCompose(broken -> addresses.at(queue, address -> answered(queue, address)))
        .thenCompose(this::after);
  }

  private CompletableFuture<Void> broken(Connection connection) {
    client.disconnect(connection);
    return after(UNTIL_BROKEN);
  }

  /** How long to wait, once the broker has answered. */
  private CompletableFuture<Duration> answered(Queue queue, String address) {
    return QueueOffsets.end(client, queue, address)
        .thenCombine(
            client.ask(address, RequestCode.GET_BROKER_RUNTIME_INFO, null, null),
            // Brokers know this request, even if they refuse it; proxies do not.
            (end, answer) ->
                answer.getCode() == ResponseCode.REQUEST_CODE_NOT_SUPPORTED ? OF_PROXY : OF_BROKER);
  }

  private CompletableFuture<Void> after(Duration delay) {
    CompletableFuture<Void> later = new CompletableFuture<>();
    scheduler.after(delay, () -> later.complete(null));
    return later;
  }
}
