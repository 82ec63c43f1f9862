package io.sluice.rocketmq.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.TestScheduler;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Timeouts;
import io.sluice.testkit.ReleasedProxy;
import io.sluice.testkit.ReleasedServers;
import io.sluice.testkit.ServerSecurity;
import io.sluice.testkit.proxy.FaultProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long answers by gRPC are waited for. */
class ProxyTimeoutsTest {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** A round trip longer than RocketMQ's own clients wait. */
  private static final Duration ONE_WAY = Duration.ofSeconds(4);

  @TempDir Path folder;

  @Test
  void aSlowInstanceIsReachedByThoseWhoWaitLongEnough() {
    try (ReleasedServers servers =
            ReleasedServers.start("5.5.0", "slow", folder.resolve("servers"), Map.of());
        ReleasedProxy proxy =
            ReleasedProxy.start(servers, "slow", folder.resolve("proxy"), ServerSecurity.none());
        FaultProxy network = FaultProxy.before(servers.nameServer());
        TestScheduler scheduler = new TestScheduler()) {
      servers.createTopic("orders", 1);
      Reach reach = Reach.plaintext(network.broker(proxy.grpcAddress()));
      network.latency(ONE_WAY);

      Object hasty =
          new ProxyVisitor(
                  reach.within(new Timeouts(CONNECT, Duration.ofSeconds(1))).proxied(), scheduler)
              .write("orders");
      Object patient =
          new ProxyVisitor(
                  reach.within(new Timeouts(CONNECT, Duration.ofSeconds(60))).proxied(), scheduler)
              .write("orders");

      assertThat(hasty)
          .isInstanceOfSatisfying(
              SluiceException.class,
              failure -> assertThat(failure.code().id()).isEqualTo("rocketmq.timeout"));
      assertThat(patient).isEqualTo(ProxyVisitor.WELCOME);
    }
  }
}
