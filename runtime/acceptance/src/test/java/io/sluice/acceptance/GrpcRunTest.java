package io.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.testkit.OfficialGrpcClient;
import io.sluice.testkit.OfficialGrpcClient.Seen;
import io.sluice.testkit.ReleasedProxy;
import io.sluice.testkit.ReleasedServers;
import io.sluice.testkit.ServerSecurity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flow by gRPC on both sides, through the command. */
class GrpcRunTest {
  private static final int MESSAGES = 400;
  private static final int QUEUES = 4;

  @TempDir Path folder;

  private ReleasedServers servers;
  private ReleasedProxy proxy;

  @BeforeEach
  void start() {
    servers = ReleasedServers.start("5.5.0", "wuhan", folder.resolve("servers"), Map.of());
    proxy = ReleasedProxy.start(servers, "wuhan", folder.resolve("proxy"), ServerSecurity.none());
    servers.createTopic("orders", QUEUES);
    servers.createTopic("copy", QUEUES);
  }

  @AfterEach
  void stop() {
    proxy.close();
    servers.close();
  }

  @Test
  void losesNothingWhenTheRuntimeIsKilled() throws Exception { // I3
    OfficialGrpcClient official = new OfficialGrpcClient(proxy.grpcAddress());
    Path flows = Files.writeString(folder.resolve("flows.yaml"), flows(servers, proxy));
    List<Seen> sent = official.send("orders", MESSAGES);

    try (Runtime killed = Runtime.start(flows, folder.resolve("data"))) {
      await().atMost(Duration.ofMinutes(1)).until(() -> servers.messages("copy") > 0);
      killed.kill();
    }
    try (Runtime second = Runtime.start(flows, folder.resolve("data"))) {
      await()
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> servers.messages("copy") >= MESSAGES);
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(
              () ->
                  assertThat(
                          official.receive(
                              "copy", "GID_" + UUID.randomUUID(), (int) servers.messages("copy")))
                      .as(second.output())
                      .containsAll(sent));
      second.terminate();
      assertThat(second.await(Duration.ofMinutes(1))).as(second.output()).isZero();
    }
  }

  @Test
  void endsWhenNothingIsLeft() throws Exception {
    new OfficialGrpcClient(proxy.grpcAddress()).send("orders", MESSAGES);
    Path flows = Files.writeString(folder.resolve("flows.yaml"), flows(servers, proxy));

    try (Runtime run = Runtime.start(flows, folder.resolve("data"), "--exit-when-idle", "2s")) {
      assertThat(run.await(Duration.ofMinutes(4))).as(run.output()).isZero();
      assertThat(servers.messages("copy")).as(run.output()).isGreaterThanOrEqualTo(MESSAGES);
    }
  }

  private static String flows(ReleasedServers servers, ReleasedProxy proxy) {
    return """
        kind: Instance
        name: source
        version: 5.x
        protocol: grpc
        endpoints: { private: { nameServer: "%s", proxy: "%s" } }
        ---
        kind: Instance
        name: target
        endpoints: { private: { proxy: "%s" } }
        ---
        kind: EventFlow
        name: by-grpc
        source:
          rocketmq:
            instance: source
            topic: orders
            groupID: GID_by_grpc
            offset: CONSUME_FROM_FIRST_OFFSET
        sink: { rocketmq: { instance: target, topic: copy } }
        """
        .formatted(servers.nameServer(), proxy.grpcAddress(), proxy.grpcAddress());
  }
}
