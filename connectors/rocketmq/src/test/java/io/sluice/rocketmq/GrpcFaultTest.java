package io.sluice.rocketmq;

import static io.sluice.rocketmq.ProxiedServers.BOTH;
import static io.sluice.rocketmq.ProxiedServers.GRPC;
import static io.sluice.rocketmq.ProxiedServers.REMOTING;
import static io.sluice.rocketmq.ProxiedServers.all;
import static io.sluice.rocketmq.ProxiedServers.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.sdk.error.SluiceException;
import java.time.Duration;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of flows by gRPC when something is in the way. */
class GrpcFaultTest {
  private static final int QUEUES = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @RegisterExtension static final ProxiedServers SERVERS = new ProxiedServers();

  private static void awaitNumbers(String topic, int count) {
    await(topic)
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(MQClientException.class) // while a broker comes back
        .untilAsserted(
            () ->
                assertThat(new HashSet<>(SERVERS.topics().numbers(topic)))
                    .containsAll(IntStream.range(0, count).boxed().toList()));
  }

  @Test
  void losesNothingWhenTheProxyIsKilledOnTheWay() throws Exception { // I3
    for (String topic : new String[] {"struck", "struck_by_grpc", "struck_back"}) {
      SERVERS.brokers().createTopic(topic, QUEUES);
    }
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
  void keepsItsMessagesAsLongAsTheTargetStandsStill() throws Exception {
    SERVERS.brokers().createTopic("held", QUEUES);
    SERVERS.brokers().createTopic("held_copy", QUEUES);
    SERVERS.topics().sendNumbers("held", QUEUES, 0, 200);
    SERVERS.brokers().refuseMessages(true);
    try {
      DirectFlow flow = SERVERS.flow(all(BOTH, "held"), to(REMOTING, "held_copy"));
      flow.start().toCompletableFuture().join();
      // The proxy's own clock decides, which nobody can move.
      await()
          .pollDelay(Duration.ofSeconds(45))
          .atMost(PATIENCE)
          .until(() -> !flow.unstored.isEmpty());
    } finally {
      SERVERS.brokers().refuseMessages(false);
    }
    awaitNumbers("held_copy", 200);
    assertThat(SERVERS.topics().numbers("held_copy")).doesNotHaveDuplicates();
  }

  @Test
  void aMissingTopicIsToldAndWaitedFor() throws Exception {
    SERVERS.brokers().createTopic("present", 1);
    DirectFlow flow = SERVERS.flow(all(BOTH, "absent"), to(REMOTING, "present"));

    assertThat(flow.start())
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOfSatisfying(
            SluiceException.class,
            failure -> assertThat(failure.code()).isEqualTo(RocketMqError.TOPIC_MISSING));
  }
}
