package io.sluice.acceptance.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.acceptance.Runtime;
import io.sluice.testkit.Lifetime;
import io.sluice.testkit.MirrorFlow;
import io.sluice.testkit.OfficialRemotingClient;
import io.sluice.testkit.OfficialRemotingClient.Seen;
import io.sluice.testkit.ReleasedProxy;
import io.sluice.testkit.ReleasedServers;
import io.sluice.testkit.ServerSecurity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * RocketMQ's own remoting client of one generation at the servers of the other, on both sides of
 * Sluice, each in a JVM of its own. {@link MessageKindsTest} has clients of their servers' version.
 */
class ClientGenerationsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int QUEUES = 3;
  private static final String COPY = "kinds_copy";

  /** What becomes of each. */
  private static final Map<Kind, String> KINDS = kinds();

  /** Those that a proxy takes from clients of 4.x. */
  private static final List<Kind> PROXIED =
      List.of(Kind.NORMAL, Kind.ORDERED, Kind.DELAY_LEVEL, Kind.ZLIB, Kind.BATCH);

  @TempDir static Path folder;
  private static ReleasedServers older;
  private static ReleasedServers newer;

  private static Map<Kind, String> kinds() {
    Map<Kind, String> kinds = new LinkedHashMap<>();
    kinds.put(Kind.NORMAL, "as it was");
    kinds.put(Kind.ORDERED, "in order");
    kinds.put(Kind.DELAY_LEVEL, "when due");
    kinds.put(Kind.TRANSACTION, "committed only");
    kinds.put(Kind.ZLIB, "as it was");
    kinds.put(Kind.LZ4, "as it was");
    kinds.put(Kind.ZSTD, "as it was");
    kinds.put(Kind.BATCH, "as it was");
    return kinds;
  }

  @BeforeAll
  static void start() {
    older = ReleasedServers.start("4.9.7", "older", folder.resolve("4"), ServerSecurity.none());
    newer = ReleasedServers.start("5.5.0", "newer", folder.resolve("5"), ServerSecurity.none());
    for (String topic : List.of(Kind.TOPIC, COPY)) {
      older.createTopic(topic, QUEUES);
      newer.createTopic(topic, QUEUES, "MIXED");
    }
  }

  @AfterAll
  static void stop() {
    newer.close();
    older.close();
  }

  @Test
  void newerOnesWriteToOlderServersAndOlderOnesReadTheCopyOnNewerServers() throws Exception {
    cross(
        new OfficialRemotingClient("5.5.0", older.nameServer()),
        new OfficialRemotingClient("4.9.7", newer.nameServer()));
  }

  @Test
  void olderOnesWriteToNewerServersAndNewerOnesReadTheCopyOnOlderServers() throws Exception {
    cross(
        new OfficialRemotingClient("4.9.7", newer.nameServer()),
        new OfficialRemotingClient("5.5.0", older.nameServer()));
  }

  @Test
  void olderOnesWriteAndReadThroughAProxyOfNewerServers() throws Exception { // I4, I5
    try (ReleasedProxy proxy =
        ReleasedProxy.start(
            newer,
            "newer",
            folder.resolve("proxy"),
            ServerSecurity.none(),
            Lifetime.SHORT,
            Map.of())) {
      newer.createTopic("proxied", QUEUES, "MIXED");
      newer.createTopic("proxied_copy", QUEUES, "MIXED");
      OfficialRemotingClient client = new OfficialRemotingClient("4.9.7", proxy.remotingAddress());
      client.write("proxied", PROXIED.stream().map(Kind::key).toList());
      Path flow =
          MirrorFlow.of(newer.nameServer(), "proxied", newer.nameServer(), "proxied_copy")
              .write(folder.resolve("proxied.yaml"));
      copy(flow, "proxied", newer, "proxied_copy", PROXIED);
      List<Seen> source = client.read(List.of("proxied"));
      List<Seen> copy = client.read(List.of("proxied_copy"));
      for (Kind kind : PROXIED) {
        assertThat(Crossing.of(kind, source, copy).outcome())
            .as("%s", kind)
            .isEqualTo(KINDS.get(kind));
      }
    }
  }

  private static void cross(OfficialRemotingClient writer, OfficialRemotingClient reader)
      throws Exception { // I4, I5
    writer.write(Kind.TOPIC, KINDS.keySet().stream().map(Kind::key).toList());
    ReleasedServers target = reader.nameServer().equals(newer.nameServer()) ? newer : older;
    Path file = folder.resolve(writer.version() + ".yaml");
    Path flow =
        MirrorFlow.of(writer.nameServer(), Kind.TOPIC, reader.nameServer(), COPY).write(file);
    copy(flow, writer.version(), target, COPY, KINDS.keySet());
    List<Seen> source = writer.read(List.of(Kind.TOPIC));
    List<Seen> copy = reader.read(List.of(COPY));
    KINDS.forEach(
        (kind, outcome) ->
            assertThat(Crossing.of(kind, source, copy).outcome())
                .as("%s", kind)
                .isEqualTo(outcome));
  }

  private static void copy(
      Path flow, String data, ReleasedServers target, String topic, Collection<Kind> kinds)
      throws Exception {
    int messages = kinds.stream().mapToInt(Kind::count).sum();
    try (Runtime runtime = Runtime.start(flow, folder.resolve("data-" + data))) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(target.messages(topic)).as(runtime.output()).isEqualTo(messages));
    }
  }
}
