package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunVerbTest {
  private static final String TWO_FLOWS =
      """
      kind: EventFlow
      name: first
      source: {trial: {count: 1000}}
      sink: {trial: {}}
      ---
      kind: EventFlow
      name: second
      source: {trial: {count: 500}}
      sink: {trial: {}}
      """;

  @TempDir private Path folder;
  private final Call call = new Call();

  @Test
  void endsWhenEveryFlowIsIdle() throws IOException {
    assertThat(run(TWO_FLOWS, "--exit-when-idle", "200ms")).isZero();
    assertThat(call.err()).isEmpty();
    assertThat(call.out())
        .contains("first state=RUNNING in=1000 out=1000 filtered=0")
        .containsPattern("FLOW +STATE +IN +OUT")
        .contains("2 flows, 0 brokers: 1,500 records in, 1,500 out, 0 filtered");
    assertThat(folder.resolve("data/logs/sluice.log")).exists();
  }

  @Test
  void goesOnWhereTheLastRunEnded() throws IOException {
    run(TWO_FLOWS, "--exit-when-idle", "0s");
    Call second = new Call();
    assertThat(second.run("run", file(), "--data-dir", data(), "--exit-when-idle", "0s")).isZero();
    assertThat(second.out()).contains("2 flows, 0 brokers: 0 records in");
  }

  @Test
  void givesProgramsEventsAndTheEnvelopeLast() throws IOException {
    assertThat(run(TWO_FLOWS, "--json", "--exit-when-idle", "100ms")).isZero();
    List<JsonNode> lines = call.json();
    assertThat(lines.subList(0, lines.size() - 1))
        .allMatch(line -> line.path("event").asText().equals("status"));
    JsonNode envelope = call.envelope();
    assertThat(envelope.path("command").asText()).isEqualTo("run");
    assertThat(envelope.path("ok").asBoolean()).isTrue();
    assertThat(envelope.path("result").path("flows")).hasSize(2);
    assertThat(envelope.path("result").path("flows").path(0).path("out").asLong()).isEqualTo(1000);
  }

  @Test
  void servesBrokersUntilItIsInterrupted() throws Exception {
    CompletableFuture<Integer> status = start("kind: Broker\nname: qingdao\ntopics: [orders]\n");
    Path endpoint = folder.resolve("data/brokers/qingdao/endpoint.json");
    await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(endpoint));
    await().atMost(Duration.ofMinutes(1)).until(() -> call.out().contains("Broker qingdao"));
    assertThat(Files.readString(endpoint)).contains("\"name\" : \"qingdao\"");
    call.interrupt();
    assertThat(status.get()).isZero();
    assertThat(call.err().strip()).isEqualTo("Stopping; a second interrupt stops at once.");
    assertThat(call.out()).contains("0 flows, 1 broker: 0 records in");
    assertThat(endpoint).doesNotExist();
  }

  @Test
  void aFlowThatFailsLeavesTheOthersRunningAndDecidesTheExitCode() throws IOException {
    String failing = TWO_FLOWS.replaceFirst("count: 1000", "count: 300, mood: BREAKS");
    assertThat(run(failing, "--exit-when-idle", "100ms")).isEqualTo(3);
    assertThat(call.err())
        .contains("error: first")
        .contains("The source is broken. [command.no-answer]")
        .contains("  -> Check that it is running")
        .doesNotContain("not-drained")
        .doesNotContain("\tat ");
    assertThat(call.out())
        .contains("first state=RUNNING_FAILED")
        .contains("800 records in, 800 out");
  }

  @Test
  void endsWhenAllFlowsHaveFailed() throws IOException {
    String failing = TWO_FLOWS.replace("sink: {trial: {}}", "sink: {trial: {mood: BREAKS}}");
    assertThat(run(failing, "--json")).isEqualTo(3);
    assertThat(call.envelope().path("ok").asBoolean()).isFalse();
    assertThat(call.out()).doesNotContain("not-drained");
    assertThat(call.envelope().path("error").path("code").asText())
        .isEqualTo("command.data-directory-unusable");
    assertThat(call.envelope().path("result").path("flows").path(1).path("state").asText())
        .isEqualTo("STARTING_FAILED");
  }

  @Test
  void whatIsNotDoneAtTheDeadlineIsSaid() throws Exception {
    CompletableFuture<Integer> status =
        start(
            TWO_FLOWS.replaceFirst("sink: \\{trial: \\{}}", "sink: {trial: {mood: SILENT}}"),
            "--drain-timeout",
            "100ms");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> call.out().contains("first state=RUNNING in=1"));
    call.interrupt();
    assertThat(status.get()).isEqualTo(1);
    assertThat(call.err()).contains("[command.not-drained]").contains("--drain-timeout");
  }

  @Test
  void startsNothingWhenAFileIsWrong() throws IOException {
    assertThat(run(TWO_FLOWS.replaceFirst("count", "cuont"))).isEqualTo(2);
    assertThat(call.err()).contains("flows.yaml:3:").contains("count");
    assertThat(call.out().strip()).isEqualTo("Nothing was started: 1 error, 0 warnings.");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void startsNothingWhenThereIsNothing() throws IOException {
    String instance =
        "kind: Instance\nname: a\nendpoints: {private: {nameServer: \"127.0.0.1:1\"}}\n";
    assertThat(run(instance)).isEqualTo(2);
    assertThat(call.err()).contains("[command.nothing-to-run]");
  }

  @Test
  void aPortInUseIsSaidWithItsWayOut() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String broker =
          "kind: Broker\nname: b\nlisteners: {private: {metadata: %d}}\n"
              .formatted(taken.getLocalPort());
      assertThat(run(broker)).isEqualTo(3);
      assertThat(call.err()).contains(Integer.toString(taken.getLocalPort())).contains("  -> ");
    }
  }

  private int run(String flows, String... options) throws IOException {
    Files.writeString(folder.resolve("flows.yaml"), flows);
    String[] arguments = new String[options.length + 4];
    arguments[0] = "run";
    arguments[1] = file();
    arguments[2] = "--data-dir";
    arguments[3] = data();
    System.arraycopy(options, 0, arguments, 4, options.length);
    return call.run(arguments);
  }

  private CompletableFuture<Integer> start(String flows, String... options) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return run(flows, options);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private String file() {
    return folder.resolve("flows.yaml").toString();
  }

  private String data() {
    return folder.resolve("data").toString();
  }
}
