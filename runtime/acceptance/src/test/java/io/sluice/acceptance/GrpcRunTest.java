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
  private OfficialGrpcClient official;

  @BeforeEach
  void start() {
    servers = ReleasedServers.start("5.5.0", "wuhan", folder.resolve("servers"), Map.of());
    proxy = ReleasedProxy.start(servers, "wuhan", folder.resolve("proxy"), ServerSecurity.none());
    official = new OfficialGrpcClient(proxy.grpcAddress());
  }

  @AfterEach
  void stop() {
    proxy.close();
    servers.close();
  }

  @Test
  void losesNothingWhenTheRuntimeIsKilled() throws Exception { // I3
    servers.createTopic("orders", QUEUES);
    servers.createTopic("copy", QUEUES);
    Path flows = Files.writeString(folder.resolve("flows.yaml"), flows(servers, proxy));
    List<Seen> sent = official.send("orders", MESSAGES);

    killOnceThereIs("copy", flows);
    try (Runtime second = Runtime.start(flows, folder.resolve("data"))) {
      awaitAll("copy", sent, second);
      second.terminate();
      assertThat(second.await(Duration.ofMinutes(1))).as(second.output()).isZero();
    }
  }

  @Test
  void endsWhenNothingIsLeft() throws Exception {
    servers.createTopic("orders", QUEUES);
    servers.createTopic("copy", QUEUES);
    official.send("orders", MESSAGES);
    Path flows = Files.writeString(folder.resolve("flows.yaml"), flows(servers, proxy));

    try (Runtime run = Runtime.start(flows, folder.resolve("data"), "--exit-when-idle", "2s")) {
      assertThat(run.await(Duration.ofMinutes(4))).as(run.output()).isZero();
      assertThat(servers.messages("copy")).as(run.output()).isGreaterThanOrEqualTo(MESSAGES);
    }
  }

  @Test
  void eachTopicGetsItsRecordsByEitherProtocolThoughTheRuntimeIsKilled() throws Exception { // I3
    for (String topic : List.of("orders", "grpc-tag0", "grpc-tag1", "grpc-tag2")) {
      servers.createTopic(topic, QUEUES);
    }
    Path flows = Files.writeString(folder.resolve("flows.yaml"), byTag(servers, proxy));
    List<Seen> sent = official.send("orders", MESSAGES);

    killOnceThereIs("grpc-tag0", flows);
    try (Runtime second = Runtime.start(flows, folder.resolve("data"))) {
      for (String tag : sent.stream().map(Seen::tag).distinct().toList()) {
        List<Seen> tagged = sent.stream().filter(one -> one.tag().equals(tag)).toList();
        awaitAll("grpc-" + tag, tagged, second);
        awaitAll("remoting-" + tag, tagged, second);
      }
    }
  }

  private void killOnceThereIs(String topic, Path flows) throws Exception {
    try (Runtime killed = Runtime.start(flows, folder.resolve("data"))) {
      await().atMost(Duration.ofMinutes(1)).until(() -> servers.messages(topic) > 0);
      killed.kill();
    }
  }

  private void awaitAll(String topic, List<Seen> sent, Runtime runtime) {
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(1))
        .ignoreExceptions() // the topic may not be there yet
        .until(() -> servers.messages(topic) >= sent.size());
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(
                        official.receive(
                            topic, "GID_" + UUID.randomUUID(), (int) servers.messages(topic)))
                    .as(runtime.output())
                    .containsAll(sent));
  }

  private static String byTag(ReleasedServers servers, ReleasedProxy proxy) {
    String flow =
        """
        ---
        kind: EventFlow
        name: by-%1$s
        source:
          rocketmq:
            instance: remoting
            topic: orders
            groupID: GID_by_%1$s
            offset: CONSUME_FROM_FIRST_OFFSET
        sink:
          rocketmq:
            instance: %1$s
            topic:
              form: TEMPLATE
              value: { tag: $.data.systemProperties.TAGS }
              template: "%1$s-${tag}"
        """;
    return """
        kind: Instance
        name: remoting
        endpoints: { private: { nameServer: "%s" } }
        ---
        kind: Instance
        name: grpc
        endpoints: { private: { proxy: "%s" } }
        """
            .formatted(servers.nameServer(), proxy.grpcAddress())
        + flow.formatted("grpc")
        + flow.formatted("remoting");
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
