package io.sluice.acceptance.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.acceptance.Runtime;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.MirrorCheck;
import io.sluice.testkit.MirrorFlow;
import io.sluice.testkit.MirrorReport;
import io.sluice.testkit.ReleasedCluster;
import io.sluice.testkit.ReleasedNameServer;
import io.sluice.testkit.RunningLoad;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of name servers of which one is sound, in the order that the client makes of it. */
class NameServersTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int QUEUES = 2;
  private static final int PER_SECOND = 300;
  private static final String UNRESOLVABLE = "name-server.invalid:9876";

  private static final Pattern OUT = Pattern.compile(" out=(\\d+)");

  @TempDir Path folder;

  @Test
  void theFlowRunsByTheOneThatIsSoundAndWithoutItToo() throws Exception { // I3, I4
    String dead = "127.0.0.1:" + FreePorts.one();
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ReleasedNameServer empty = ReleasedNameServer.start("5.5.0", folder.resolve("empty"));
        ReleasedNameServer outdated =
            ReleasedNameServer.start("4.9.7", folder.resolve("outdated"));
        ReleasedCluster cluster =
            ReleasedCluster.of("4.9.7", "east", folder.resolve("east"))
                .master("broker-a")
                .start()) {
      cluster.createTopic("orders", QUEUES);
      cluster.createTopic("copy", QUEUES);
      outdated.believe("broker-a", dead, "orders", QUEUES);
      String blackHole = "127.0.0.1:" + silent.getLocalPort();
      String list =
          String.join(
              ";",
              List.of(
                  dead,
                  UNRESOLVABLE,
                  blackHole,
                  empty.address(),
                  outdated.address(),
                  cluster.nameServer()));
      Path flow = MirrorFlow.of(list, "orders", list, "copy").write(folder.resolve("flow.yaml"));
      try (RunningLoad load = RunningLoad.start(3, cluster.nameServer(), "orders", PER_SECOND);
          // Several name servers in a row take their time to stay silent.
          Runtime runtime = Runtime.start(flow, folder.resolve("data"), "--start-timeout", "2m")) {
        awaitCopies(cluster, runtime, PER_SECOND);

        empty.kill();
        outdated.kill();
        cluster.nameServer(0).kill();
        await().atMost(LIMIT).until(() -> told("no name server answers") > 0);
        long before = load.acknowledged().count();
        await().atMost(LIMIT).until(() -> stored(runtime) > before);
        cluster.nameServer(0).restart();
        await().atMost(LIMIT).until(() -> told(cluster.nameServer() + " answers again") > 0);
        load.stop();

        MirrorCheck check =
            MirrorCheck.between(cluster.nameServer(), "orders", cluster.nameServer(), "copy")
                .acknowledged(load.acknowledged());
        await()
            .atMost(LIMIT)
            .ignoreExceptions() // until the broker has registered again
            .until(check::run, report -> report.lost() == 0);
        assertThat(check.run()).matches(MirrorReport::isExact);
        runtime.terminate();
        assertThat(runtime.await(LIMIT)).as(runtime.output()).isZero();
        // Once by each of the flow's two sides.
        assertThat(told("connect to name server " + dead)).isBetween(1L, 2L);
        assertThat(told("connect to name server " + UNRESOLVABLE)).isBetween(1L, 2L);
        assertThat(told("name server " + blackHole + " does not answer")).isBetween(1L, 2L);
        assertThat(told("no name server answers")).isBetween(1L, 2L);
      }
    }
  }

  private void awaitCopies(ReleasedCluster cluster, Runtime runtime, long messages)
      throws IOException {
    await()
        .atMost(LIMIT)
        .ignoreExceptionsInstanceOf(IllegalStateException.class)
        .failFast(
            () -> assertThat(runtime.isAlive()).as("lives, after " + runtime.output()).isTrue())
        .until(() -> cluster.messages("copy") >= messages);
  }

  /** How many the flow has stored when it last told. */
  private static long stored(Runtime runtime) throws IOException {
    return OUT.matcher(runtime.output())
        .results()
        .mapToLong(line -> Long.parseLong(line.group(1)))
        .max()
        .orElse(0);
  }

  private long told(String words) throws IOException {
    return log().lines().filter(line -> line.contains(words)).count();
  }

  private String log() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(one -> one.toString().endsWith(".log")).toList()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    }
  }
}
