package io.sluice.rocketmq.transport;

import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.ClientPool;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.filter.BrokerFilter;
import io.sluice.rocketmq.pull.QueuePuller;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.Routes;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Asks the name server for a topic and the broker for its messages, by new connections. */
final class Visitor implements AutoCloseable {
  private final ClientPool.Lease lease;

  Visitor(Reach reach) {
    lease = new ClientPool().lease(reach.instance(), ClientPool.Side.SOURCE);
  }

  /** What comes of one visit: "welcome", or the code of the error. */
  static String visit(Reach reach, String topic) {
    try (Visitor visitor = new Visitor(reach)) {
      return visitor.visit(topic);
    }
  }

  String visit(String topic) {
    return failure(topic).map(failure -> failure.code().id()).orElse("welcome");
  }

  /** Why a visit fails: always with something that flows try again, after a pause. */
  Optional<SluiceException> failure(String topic) {
    RemotingClient client = lease.client();
    try {
      CompletableFuture<?> visit =
          Routes.find(client, topic).thenCompose(route -> pull(client, route.orElseThrow()));
      visit.join();
      return Optional.empty();
    } catch (CompletionException wrapped) {
      return Optional.of((RetriableException) CallFailure.unwrap(wrapped));
    }
  }

  private static CompletableFuture<?> pull(RemotingClient client, TopicRoute route) {
    Queue queue = route.readable().get(0);
    return new QueuePuller(client, "GID_visitor", BrokerFilter.ALL, route::address)
        .pull(queue, 0, 1, false);
  }

  @Override
  public void close() {
    lease.close();
  }
}
