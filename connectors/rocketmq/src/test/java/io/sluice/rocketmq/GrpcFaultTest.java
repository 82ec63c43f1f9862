package io.sluice.rocketmq;

import static io.sluice.rocketmq.ProxiedServers.BOTH;
import static io.sluice.rocketmq.ProxiedServers.ELSEWHERE;
import static io.sluice.rocketmq.ProxiedServers.GRPC;
import static io.sluice.rocketmq.ProxiedServers.REMOTING;
import static io.sluice.rocketmq.ProxiedServers.all;
import static io.sluice.rocketmq.ProxiedServers.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import apache.rocketmq.v2.ClientType;
import apache.rocketmq.v2.FilterExpression;
import apache.rocketmq.v2.FilterType;
import apache.rocketmq.v2.Resource;
import apache.rocketmq.v2.Settings;
import apache.rocketmq.v2.Subscription;
import apache.rocketmq.v2.SubscriptionEntry;
import io.sluice.rocketmq.grpc.ProxyPool;
import io.sluice.rocketmq.grpc.Session;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.time.Scheduler;
import io.sluice.testkit.ReleasedServers;
import io.sluice.testkit.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of flows by gRPC when something is in the way. */
class GrpcFaultTest {
  private static final int QUEUES = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @RegisterExtension static final ProxiedServers SERVERS = new ProxiedServers();

  private static void awaitNumbers(String topic, int count) {
    awaitNumbers(SERVERS.topics(), topic, count);
  }

  private static void awaitNumbers(Topics topics, String topic, int count) {
    await(topic)
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(MQClientException.class) // while a broker comes back
        .untilAsserted(
            () ->
                assertThat(new HashSet<>(topics.numbers(topic)))
                    .containsAll(IntStream.range(0, count).boxed().toList()));
  }

  @Test
  void losesNothingWhenTheProxyIsKilledOnTheWay() throws Exception { // I3
    for (String topic : new String[] {"struck", "struck_by_grpc", "struck_back"}) {
      SERVERS.brokers().createTopic(topic, QUEUES);
    }
    SERVERS.brokers().groups().createUnordered("GID_both_struck_by_grpc"); // more on the way
    DirectFlow there = SERVERS.started(all(REMOTING, "struck"), to(GRPC, "struck_by_grpc"));
    DirectFlow back = SERVERS.started(all(BOTH, "struck_by_grpc"), to(REMOTING, "struck_back"));

    for (int part = 0; part < 3; part++) {
      SERVERS.topics().sendNumbers("struck", QUEUES, part * 2_000, (part + 1) * 2_000);
      int arrived = part * 2_000 + 200;
      await().atMost(PATIENCE).until(() -> SERVERS.topics().size("struck_back") >= arrived);
      SERVERS.proxy().restart();
    }

    awaitNumbers("struck_by_grpc", 6_000);
    awaitNumbers("struck_back", 6_000);
    assertThat(there.failures).isEmpty();
    assertThat(back.failures).isEmpty();
    await().until(() -> back.recoveries.get() > 0);
  }

  @Test
  void aMessageThatProxiesRefuseStopsTheFlowBehindThoseBeforeIt() throws Exception {
    SERVERS.brokers().createTopic("refusing", 1);
    SERVERS.brokers().createTopic("refusing_copy", 1);
    for (int number = 0; number < 9; number++) {
      Message message = new Message("refusing", Integer.toString(number).getBytes());
      message.putUserProperty("text", number == 6 ? "two\nlines" : "one line");
      SERVERS.topics().send(message, 0);
    }

    DirectFlow flow = SERVERS.started(all(REMOTING, "refusing"), to(GRPC, "refusing_copy"));

    await().atMost(PATIENCE).until(() -> !flow.failures.isEmpty());
    assertThat(flow.failures)
        .extracting(SluiceException::code)
        .containsExactly(FormatError.BAD_PROPERTY);
    assertThat(SERVERS.topics().numbers("refusing_copy"))
        .containsExactlyElementsOf(IntStream.range(0, 6).boxed().toList());
  }

  @Test
  void keepsItsMessagesAsLongAsTheTargetStandsStill(@TempDir Path directory) throws Exception {
    // The broker of the source must be able to keep messages for the flow, so it is another one.
    try (ReleasedServers target = ReleasedServers.start("5.5.0", "beijing", directory, Map.of());
        Topics copies = new Topics(target.nameServer())) {
      SERVERS.brokers().createTopic("held", QUEUES);
      target.createTopic("held_copy", QUEUES);
      SERVERS.topics().sendNumbers("held", QUEUES, 0, 200);
      DirectFlow flow = SERVERS.flow(all(BOTH, "held"), to(ELSEWHERE, "held_copy"), target);
      target.refuseMessages(true);
      flow.start().toCompletableFuture().join();
      // The proxy's own clock decides, which nobody can move.
      await()
          .pollDelay(Duration.ofSeconds(45))
          .atMost(PATIENCE)
          .until(() -> !flow.unstored.isEmpty());
      target.refuseMessages(false);
      awaitNumbers(copies, "held_copy", 200);
      assertThat(copies.numbers("held_copy")).doesNotHaveDuplicates();
      flow.close();
    }
  }

  @Test
  void aHeartbeatThatIsDueEarlyDoesNotEndTheSession() {
    Instance instance = SERVERS.instances().get(GRPC);
    ProxyPool pool = new ProxyPool();
    try (ProxyPool.Lease lease = pool.lease(instance, ProxyPool.Side.SOURCE)) {
      for (int round = 0; round < 20; round++) {
        SERVERS.brokers().createTopic("hasty" + round, 1);
        List<Runnable> beats = new ArrayList<>();
        Session session =
            new Session(lease.client(), "hasty", consumer("hasty" + round), later(beats));
        CompletableFuture<Settings> known = session.open(instance.proxies().get(0));
        beats.get(0).run();
        assertThat(known).succeedsWithin(PATIENCE);
        session.close().join();
      }
    }
  }

  private static Settings.Builder consumer(String topic) {
    Resource name = Resource.newBuilder().setName(topic).build();
    FilterExpression all =
        FilterExpression.newBuilder().setType(FilterType.TAG).setExpression("*").build();
    return Settings.newBuilder()
        .setClientType(ClientType.SIMPLE_CONSUMER)
        .setSubscription(
            Subscription.newBuilder()
                .setGroup(name)
                .addSubscriptions(
                    SubscriptionEntry.newBuilder().setTopic(name).setExpression(all)));
  }

  /** Keeps what is to be done later. */
  private static Scheduler later(List<Runnable> tasks) {
    return new Scheduler() {
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
        tasks.add(task);
      }

      @Override
      public Cancellable after(Duration delay, Runnable task) {
        tasks.add(task);
        return () -> tasks.remove(task);
      }
    };
  }

  @Test
  void aMissingTopicIsToldAndWaitedFor() throws Exception {
    SERVERS.brokers().createTopic("present", 1);

    assertWaits(
        SERVERS.flow(all(BOTH, "absent"), to(REMOTING, "present")), RocketMqError.TOPIC_MISSING);
  }

  @Test
  void aTargetTopicThatMayOnlyBeReadIsToldAndWaitedFor() {
    SERVERS.brokers().createTopic("open", 1);
    SERVERS.brokers().createTopic("closed", 1);
    SERVERS.brokers().set("closed", new TopicSettings(1, 1, 4, false, ""));

    assertWaits(
        SERVERS.flow(all(REMOTING, "open"), to(GRPC, "closed")), RocketMqError.TOPIC_READ_ONLY);
  }

  private static void assertWaits(DirectFlow flow, RocketMqError code) {
    assertThat(flow.start())
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOfSatisfying(
            RetriableException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
