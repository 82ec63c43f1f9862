package io.sluice.rocketmq;

import static io.sluice.rocketmq.ProxiedServers.BOTH;
import static io.sluice.rocketmq.ProxiedServers.GRPC;
import static io.sluice.rocketmq.ProxiedServers.REMOTING;
import static io.sluice.rocketmq.ProxiedServers.all;
import static io.sluice.rocketmq.ProxiedServers.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.rocketmq.sink.RocketMqSinkConfiguration;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The same as {@link ThinWayTest} by gRPC. What times out there is at the target twice, or comes
 * again only after the time for which it was hidden.
 */
class GrpcThinWayTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration A_REQUEST = Duration.ofSeconds(2);

  @RegisterExtension static final ProxiedServers SERVERS = new ProxiedServers();

  /** The first answers of a proxy take longer than a request may take here. */
  @BeforeAll
  static void warmUp() throws Exception {
    SERVERS.brokers().createTopic("warm", 1);
    SERVERS.brokers().createTopic("warm_copy", 1);
    SERVERS.topics().sendBytes("warm", 0, 1, ThinWay.BYTES);
    DirectFlow flow = SERVERS.started(all(BOTH, "warm"), to(GRPC, "warm_copy"));
    await().atMost(PATIENCE).until(() -> flow.records.get() > 0);
    flow.close();
  }

  @Test
  void writesOverAThinWayWithoutLosingAnswers() throws Exception {
    copies(all(REMOTING, "to_afar"), to(GRPC, "to_afar_copy"), GRPC, new Load(36, 2_500_000));
  }

  @Test
  void readsOverAThinWayWithoutLosingAnswers() throws Exception {
    copies(all(BOTH, "from_afar"), to(REMOTING, "from_afar_copy"), BOTH, new Load(18, 350_000));
  }

  /**
   * What is to cross: writing takes six seconds; reading twenty, as a call for messages may take
   * fifteen more than a request.
   */
  private record Load(int perQueue, long bytesPerSecond) {
    long messages() {
      return (long) ThinWay.QUEUES * perQueue;
    }
  }

  private static void copies(
      RocketMqSourceConfiguration from,
      RocketMqSinkConfiguration to,
      String instanceAfar,
      Load load)
      throws Exception {
    SERVERS.brokers().createTopic(from.topic(), ThinWay.QUEUES);
    SERVERS.brokers().createTopic(to.topic(), ThinWay.QUEUES);
    for (int queue = 0; queue < ThinWay.QUEUES; queue++) {
      SERVERS.topics().sendBytes(from.topic(), queue, load.perQueue(), ThinWay.BYTES);
    }
    try (ThinWay way = new ThinWay(SERVERS.brokers().nameServer(), A_REQUEST)) {
      DirectFlow flow = SERVERS.flow(from, to, way.to(SERVERS.instances().get(instanceAfar)));
      way.narrow(load.bytesPerSecond());
      flow.start().toCompletableFuture().join();
      await().atMost(PATIENCE).until(() -> flow.records.get() >= load.messages());

      assertThat(flow.troubles).isEmpty();
      assertThat(flow.unstored).isEmpty();
      assertThat(SERVERS.topics().size(to.topic())).isEqualTo(load.messages());
      flow.close();
    }
  }
}
