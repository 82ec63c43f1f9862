package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice run --watch}: flow files that are edited while their flows run. */
class RunWatchTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String FIRST =
      """
      kind: EventFlow
      name: first
      source: {trial: {count: 1000}}
      sink: {trial: {}}
      """;

  private static final String SECOND =
      """
      ---
      kind: EventFlow
      name: second
      source: {trial: {count: 500}}
      sink: {trial: {}}
      """;

  @TempDir private Path folder;
  private final Call call = new Call();
  private CompletableFuture<Integer> status = CompletableFuture.completedFuture(0);

  @AfterEach
  void stop() {
    call.interrupt();
    status.join();
  }

  @Test
  void aChangedFlowGoesOnWhereItStopped() throws IOException {
    start(FIRST + SECOND);
    awaitOut("first state=RUNNING in=1000");
    awaitOut("second state=RUNNING in=500");

    edit(FIRST.replace("1000", "1700") + SECOND);

    awaitErr("Reloaded: first changed.");
    awaitOut("first state=RUNNING in=700 out=700");
    call.interrupt();
    assertThat(status.join()).isZero();
    assertThat(call.out()).contains("2 flows, 0 brokers: 1,200 records in, 1,200 out");
  }

  @Test
  void flowsComeGoAndPause() throws IOException {
    start(FIRST);
    awaitOut("first state=RUNNING in=1000");
    edit(FIRST + SECOND);
    awaitErr("Reloaded: second added.");
    awaitOut("second state=RUNNING in=500");

    edit(FIRST + SECOND + "status: PAUSED\n");
    awaitErr("Reloaded: second to be PAUSED.");
    awaitOut("second state=PAUSED in=500");
    edit(FIRST + SECOND + "status: RUNNING\n");
    awaitErr("Reloaded: second to be RUNNING.");
    edit(SECOND);
    awaitErr("Reloaded: first removed.");

    call.interrupt();
    assertThat(status.join()).isZero();
    assertThat(call.out()).contains("1 flow, 0 brokers: 500 records in");
  }

  @Test
  void aFileThatIsWrongChangesNothing() throws IOException {
    start(FIRST + SECOND);
    awaitOut("second state=RUNNING in=500");

    edit(FIRST.replace("count", "cuont"));
    awaitErr("What runs goes on unchanged.");
    assertThat(call.err()).contains("flows.yaml:3:").contains("count");
    Files.delete(file());
    awaitErr("no such file or folder");
    edit(FIRST + SECOND.replace("500", "800"));

    awaitErr("Reloaded: second changed.");
    awaitOut("second state=RUNNING in=300 out=300");
    assertThat(call.err()).doesNotContain("first changed").doesNotContain("removed");
  }

  @Test
  void brokersAreLeftAloneAndTheEditWithThem() throws IOException {
    start(FIRST);
    awaitOut("first state=RUNNING in=1000");

    edit(FIRST.replace("1000", "2000") + "---\nkind: Broker\nname: qingdao\n");

    awaitErr("[command.broker-edited]");
    awaitErr("What runs goes on unchanged.");
    assertThat(call.err()).contains("qingdao").contains("start the run anew");
    call.interrupt();
    status.join();
    assertThat(call.out()).contains("1 flow, 0 brokers: 1,000 records in");
  }

  @Test
  void anEditMendsARunInWhichEveryFlowHasFailed() throws IOException {
    start(FIRST.replace("sink: {trial: {}}", "sink: {trial: {mood: BREAKS}}"));
    awaitOut("first state=STARTING_FAILED");

    edit(FIRST);

    awaitOut("first state=RUNNING in=1000");
    assertThat(status).isNotDone();
  }

  @Test
  void programsGetAnEventOfEachReload() throws IOException {
    start(FIRST, "--json");
    awaitEvent(event -> event.path("in").asLong() == 1000);
    edit(FIRST.replace("count", "cuont") + SECOND);
    awaitEvent(event -> isReload(event) && !event.path("ok").asBoolean());
    edit(FIRST.replace("1000", "1001") + SECOND);
    awaitEvent(event -> isReload(event) && event.path("ok").asBoolean());

    JsonNode wrong = call.json().stream().filter(RunWatchTest::isReload).findFirst().orElseThrow();
    assertThat(wrong.path("findings")).hasSize(1);
    JsonNode right =
        call.json().stream()
            .filter(event -> isReload(event) && event.path("ok").asBoolean())
            .findFirst()
            .orElseThrow();
    assertThat(right.path("changed").path(0).asText()).isEqualTo("first");
    assertThat(right.path("added").path(0).asText()).isEqualTo("second");
    assertThat(right.path("removed")).isEmpty();
  }

  private static boolean isReload(JsonNode line) {
    return line.path("event").asText().equals("reload");
  }

  private void awaitEvent(Predicate<JsonNode> wanted) {
    await("an event in " + folder)
        .atMost(PATIENCE)
        .until(() -> call.json().stream().anyMatch(wanted));
  }

  private void awaitOut(String text) {
    await(text).atMost(PATIENCE).until(() -> call.out().contains(text));
  }

  private void awaitErr(String text) {
    await(text).atMost(PATIENCE).until(() -> call.err().contains(text));
  }

  private Path file() {
    return folder.resolve("flows.yaml");
  }

  /** Replaces the file at once, as editors do. */
  private void edit(String flows) throws IOException {
    Path young = folder.resolve("flows.new");
    Files.writeString(young, flows);
    Files.move(young, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void start(String flows, String... options) throws IOException {
    edit(flows);
    String[] arguments = new String[options.length + 5];
    arguments[0] = "run";
    arguments[1] = file().toString();
    arguments[2] = "--data-dir";
    arguments[3] = folder.resolve("data").toString();
    arguments[4] = "--watch";
    System.arraycopy(options, 0, arguments, 5, options.length);
    status = CompletableFuture.supplyAsync(() -> call.run(arguments));
  }
}
