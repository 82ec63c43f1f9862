package io.sluice.rocketmq.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.rocketmq.client.ClientPool;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.Routes;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.rocketmq.transport.Reach;
import io.sluice.sdk.time.Scheduler;
import io.sluice.testkit.ReleasedProxy;
import io.sluice.testkit.ReleasedServers;
import io.sluice.testkit.ServerSecurity;
import io.sluice.testkit.ServerSecurity.User;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long is waited for what lies at whom. */
class FenceTest {
  private static final User WRITER =
      new User("writer-of-orders", "secret-of-writer", List.of("orders"), List.of("orders"));
  private static final Duration WATCHED = Duration.ofSeconds(3);

  private final ClientPool clients = new ClientPool();
  private final Delays delays = new Delays();
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"4.8.0", "4.9.7", "5.5.0"})
  void brokersAreGivenLittleTime(String version) {
    try (ReleasedServers servers = ReleasedServers.start(version, "wuhan", folder, Map.of())) {
      servers.createTopic("orders", 1);

      raised(Reach.plaintext(servers.nameServer())).join();
      assertThat(delays.asked).containsExactly(Fence.OF_BROKER);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.9.7", "5.5.0"})
  void soAreThoseThatTellNothingOfThemselves(String version) {
    User admin = User.of("administrator", "secret-of-admin");
    ServerSecurity users = ServerSecurity.none().withUsers(admin, WRITER);
    try (ReleasedServers servers = ReleasedServers.start(version, "wuhan", folder, users)) {
      servers.createTopic("orders", 1);

      raised(Reach.plaintext(servers.nameServer()).as(WRITER)).join();
      assertThat(delays.asked).containsExactly(Fence.OF_BROKER);
    }
  }

  @Test
  void proxiesAreGivenMore() {
    try (ReleasedServers servers = ReleasedServers.start("5.5.0", "wuhan", folder, Map.of());
        ReleasedProxy proxy =
            ReleasedProxy.start(servers, "wuhan", folder.resolve("proxy"), ServerSecurity.none())) {
      servers.createTopic("orders", 1);

      raised(Reach.plaintext(proxy.remotingAddress())).join();
      assertThat(delays.asked).containsExactly(Fence.OF_PROXY);
    }
  }

  @Test
  void theTimeOfOneThatStandsStillDoesNotCount() {
    try (ReleasedServers servers = ReleasedServers.start("5.5.0", "wuhan", folder, Map.of())) {
      servers.createTopic("orders", 1);
      Reach reach = Reach.plaintext(servers.nameServer());
      raised(reach).join();
      delays.asked.clear();

      servers.pauseBroker();
      CompletableFuture<Void> waiting = raised(reach);
      await().during(WATCHED).until(delays.asked::isEmpty);
      assertThat(waiting).isNotDone();
      servers.continueBroker();
      waiting.join();
      assertThat(delays.asked).containsExactly(Fence.OF_BROKER);
    }
  }

  /** By connections of its own each time. */
  private CompletableFuture<Void> raised(Reach reach) {
    ClientPool.Lease opened = clients.lease(reach.instance(), ClientPool.Side.TARGET);
    RemotingClient client = opened.client();
    TopicRoute route = Routes.find(client, "orders").join().orElseThrow();
    Queue queue = route.writable().get(0);
    TargetAddresses addresses = new TargetAddresses("remote", route::address);
    return new Fence(client, addresses, delays)
        .raise(queue, Optional.empty())
        .whenComplete((raised, failure) -> opened.close());
  }

  /** Remembers delays, which pass at once. */
  private static final class Delays implements Scheduler {
    private final ConcurrentLinkedQueue<Duration> asked = new ConcurrentLinkedQueue<>();

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public void execute(Runnable task) {
      CompletableFuture.runAsync(task);
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
      asked.add(delay);
      execute(task);
      return () -> {};
    }
  }
}
