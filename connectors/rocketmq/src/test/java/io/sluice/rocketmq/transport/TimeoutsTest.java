package io.sluice.rocketmq.transport;

import static io.sluice.rocketmq.transport.Visitor.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.IntegratedBroker;
import io.sluice.broker.TopicType;
import io.sluice.sdk.instance.Timeouts;
import io.sluice.testkit.proxy.FaultProxy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long answers are waited for. */
class TimeoutsTest {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** RocketMQ's client gives up a second or two later than it is told. */
  private static final Duration ONE_WAY = Duration.ofMillis(2_500);

  @TempDir Path folder;

  @Test
  void aSlowInstanceIsReachedByThoseWhoWaitLongEnough() {
    try (IntegratedBroker broker =
            IntegratedBroker.builder("slow").dataDir(folder.resolve("slow")).start();
        FaultProxy network = FaultProxy.before(broker.nameServerAddress())) {
      broker.createTopic("orders", 1, TopicType.NORMAL);
      network.latency(ONE_WAY);
      Reach reach = Reach.plaintext(network.nameServer());

      assertThat(visit(reach.within(new Timeouts(CONNECT, Duration.ofSeconds(1))), "orders"))
          .isEqualTo("rocketmq.timeout");
      assertThat(visit(reach.within(new Timeouts(CONNECT, Duration.ofSeconds(30))), "orders"))
          .isEqualTo("welcome");
    }
  }
}
