package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.broker.IntegratedBroker;
import io.sluice.cli.message.DirectAccess;
import io.sluice.cli.message.TailStart;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Buses on a real broker: rules, and targets that do not wait for each other. */
class BusFlowTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int RECORDS = 3_000;
  private static final int KILLS = 3;

  @TempDir private static Path folder;
  private static IntegratedBroker broker;
  private static TrialFlows trial;

  @BeforeAll
  static void startBroker() {
    broker = TrialFlows.broker(folder).start();
    trial = new TrialFlows(folder, broker);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void aDeadTargetHoldsUpNoOtherAndGetsEverythingWhenItIsBack() throws Exception {
    Path bus =
        bus(
            "dead",
            """
            rules:
              - name: all
                targets:
                  - { id: well, sink: { trial: { file: "%s" } } }
                  - { id: dead, sink: { trial: { file: "%s" } } }
            """
                .formatted(file("well"), file("dead")));
    Files.createFile(folder.resolve("well.fast"));
    List<String> events = IntStream.range(0, 200).mapToObj(n -> "slow-" + n).toList();
    try (Run run = new Run(bus)) {
      send("dead", events);
      await().atMost(PATIENCE).until(() -> stored("well").size() == events.size());
      assertThat(stored("dead")).isEmpty();

      send("dead", List.of("slow-more"));
      await().atMost(PATIENCE).until(() -> stored("well").contains("slow-more"));
      Files.createFile(folder.resolve("dead.fast"));
      await().atMost(PATIENCE).until(() -> stored("dead").size() == events.size() + 1);
      run.awaitStatus("dead/all/well", "out", events.size() + 1);
    }
    assertThat(stored("dead")).containsAll(events).contains("slow-more");
  }

  @Test
  void aTargetFarBehindCatchesUpByItselfAndIsGivenEachEventOnceInOrder()
      throws Exception { // I3, I4, I6
    String target =
        """
        { id: %s, transforms: [ { body: { form: TEMPLATE, value: { n: $.data.body.n }, \
        template: "slow ${n}" } } ], sink: { trial: { file: "%s" } } }""";
    Path bus =
        bus(
            "behind",
            """
            queues: 1
            rules:
              - name: all
                targets:
                  - %s
                  - %s
            """
                .formatted(
                    target.formatted("near", file("near")), target.formatted("far", file("far"))));
    Files.createFile(folder.resolve("near.fast"));
    String padding = "x".repeat(700_000);
    int events = 80; // more than what is kept for those who lag
    try (Run run = new Run(bus)) {
      for (int n = 0; n < events; n++) {
        send("behind", List.of("{\"n\":" + n + ",\"pad\":\"" + padding + "\"}"));
      }
      await().atMost(PATIENCE).until(() -> stored("near").size() == events);
      assertThat(stored("far")).isEmpty();
      Files.createFile(folder.resolve("far.fast"));
      await().atMost(PATIENCE).until(() -> stored("far").size() == events);

      send("behind", List.of("{\"n\":" + events + "}"));
      await().atMost(PATIENCE).until(() -> stored("far").size() == events + 1);
      run.awaitStatus("behind/all/far", "in", events + 1);
    }
    List<String> all = IntStream.rangeClosed(0, events).mapToObj(n -> "slow " + n).toList();
    assertThat(stored("near")).isEqualTo(all);
    assertThat(stored("far")).isEqualTo(all);
  }

  @Test
  void anEventGoesToEveryTargetOfEveryRuleThatItMatchesEachWithItsOwnDeadLetters()
      throws Exception {
    Path bus =
        bus(
            "several",
            """
            rules:
              - name: even
                filterPattern: { data: { body: { kind: [ even ] } } }
                targets:
                  - %s
                  - %s
              - name: small
                filterPattern: { data: { body: { n: [ { numeric: [ "<", 5 ] } ] } } }
                targets:
                  - %s
            """
                .formatted(target("a", "good"), target("b", "poison"), target("c", "never")));
    send(
        "several",
        IntStream.range(0, 10)
            .mapToObj(n -> "{\"n\":" + n + ",\"kind\":\"" + (n % 2 == 0 ? "even" : "odd") + "\"}")
            .toList());
    trial.finish(bus);

    assertThat(stored("a"))
        .containsExactlyInAnyOrder("good 0", "good 2", "good 4", "good 6", "good 8");
    assertThat(stored("b")).isEmpty();
    assertThat(stored("c")).isEmpty();
    assertThat(letters("several/even/a", bus)).isEmpty();
    assertThat(letters("several/even/b", bus)).hasSize(5);
    assertThat(letters("several/small/c", bus))
        .extracting(letter -> letter.at("/properties/EB_RULE").asText())
        .hasSize(5)
        .containsOnly("several/small/c");

    Call redrive =
        call("dlq", "redrive", "several/even/b", "--all", "--flows", bus.toString(), "--json");
    assertThat(redrive.envelope().at("/result/sent").asInt()).isEqualTo(5);
    trial.finish(bus);
    assertThat(stored("a")).as("not for this target").hasSize(5);
    assertThat(letters("several/even/b", bus)).as("they fail again").hasSize(10);
  }

  @Test
  void whatArrivesWhileARuleIsDisabledIsNotDeliveredAndAnEditLosesNothing() throws Exception {
    String rules =
        """
        rules:
          - name: marked
            status: %s
            filterPattern: { data: { body: { n: [ { numeric: [ ">=", %d ] } ] } } }
            targets: [ { id: t, sink: { trial: { file: "%s" } } } ]
          - name: other
            targets: [ { id: t, sink: { trial: { file: "%s" } } } ]
        """;
    Function<String, String> on =
        status -> rules.formatted(status, 0, file("marked"), file("other"));
    try (Run run = new Run(bus("edited", on.apply("ENABLE")), "--watch")) {
      send("edited", bodies(0, 100));
      await().atMost(PATIENCE).until(() -> stored("marked").size() == 100);
      bus("edited", on.apply("DISABLE"));
      run.awaitErr("Reloaded: edited/marked/t changed.");
      send("edited", bodies(100, 150));
      await().atMost(PATIENCE).until(() -> stored("other").size() == 150);
      run.awaitStatus("edited/marked/t", "filtered", 50);
      bus("edited", on.apply("ENABLE"));
      run.awaitErrTimes("Reloaded: edited/marked/t changed.", 2);
      send("edited", bodies(150, 200));
      await().atMost(PATIENCE).until(() -> stored("marked").size() == 150);

      bus("edited", rules.formatted("ENABLE", 250, file("marked"), file("other")));
      run.awaitErrTimes("Reloaded: edited/marked/t changed.", 3);
      send("edited", bodies(200, 300));
      await().atMost(PATIENCE).until(() -> stored("other").size() == 300);
      await().atMost(PATIENCE).until(() -> stored("marked").size() == 200);
    }
    assertThat(stored("marked"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(bodies(0, 100), bodies(150, 200), bodies(250, 300))
                .flatMap(List::stream)
                .toList());
  }

  @Test
  void aKilledRuntimeLosesNothingAndRepeatsForEachTargetWhatWasInFlight()
      throws Exception { // I1, I3
    Path bus =
        bus(
            "killed",
            """
            queues: 4
            rules:
              - name: all
                targets:
                  - { id: calm, sink: { trial: { file: "%s" } } }
                  - id: picky
                    sink: { trial: { file: "%s" } }
                    runOptions:
                      errorsTolerance: ALL
                      retryStrategy: { pushRetryStrategy: EXPONENTIAL_DECAY_RETRY, maximumRetryAttempts: 1 }
                      deadLetterQueue: { rocketmq: { instance: trial, topic: killed-letters } }
              - name: few
                filterPattern: { data: { body: [ { suffix: "7" } ] } }
                targets: [ { id: sevens, sink: { trial: { file: "%s" } } } ]
            """
                .formatted(file("calm"), file("picky"), file("sevens")));
    List<String> events =
        IntStream.range(0, RECORDS)
            .mapToObj(n -> (n == 333 ? "never-" : n % 100 == 50 ? "poison-" : "event-") + n)
            .toList();
    List<String> taken = events.stream().filter(event -> event.startsWith("event")).toList();
    String[] run = {"run", bus.toString(), "--data-dir", trial.data(), "--exit-when-idle", "2s"};
    send("killed", events.subList(0, RECORDS / 2));
    for (int kill = 1; kill <= KILLS; kill++) {
      int goal = kill * RECORDS / 10;
      Process process = Java.process(Sluice.class, run).redirectOutput(Redirect.DISCARD).start();
      await().atMost(PATIENCE).until(() -> Set.copyOf(stored("picky")).size() >= goal);
      process.destroyForcibly().waitFor();
    }
    send("killed", events.subList(RECORDS / 2, RECORDS));
    // Without run options the calm target stops at the first poison, and stands in nobody's way.
    assertThat(Set.copyOf(stored("calm"))).allMatch(taken::contains);
    Files.writeString(bus, Files.readString(bus).replace("id: calm, sink", "id: calm, " + SKIPS));
    trial.finish(bus);

    assertThat(Set.copyOf(stored("picky"))).isEqualTo(Set.copyOf(taken));
    assertThat(Set.copyOf(stored("calm"))).isEqualTo(Set.copyOf(taken));
    assertThat(Set.copyOf(stored("sevens")))
        .isEqualTo(taken.stream().filter(event -> event.endsWith("7")).collect(Collectors.toSet()));
    for (String target : List.of("picky", "calm", "sevens")) {
      Map<String, Long> times =
          stored(target).stream()
              .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
      assertThat(times.values()).as(target).allMatch(count -> count <= KILLS + 1);
    }
    Set<String> dead = new HashSet<>(events);
    dead.removeAll(taken);
    assertThat(
            letters("killed/all/picky", bus).stream()
                .map(letter -> letter.path("body").asText())
                .collect(Collectors.toSet()))
        .isEqualTo(dead);
  }

  private static final String SKIPS =
      "runOptions: { errorsTolerance: ALL, retryStrategy: { maximumRetryAttempts: 0 } }, sink";

  @Test
  void targetsThatShareATopicGoOnAfterTheirOwnCopies() throws Exception { // I3
    String rule =
        """
          - name: %s
            targets: [ { id: t, sink: { rocketmq: { instance: trial, topic: shared-copies } } } ]
        """;
    send("shared", bodies(0, 100));
    trial.finish(bus("shared", "rules:\n" + rule.formatted("one")));
    assertThat(copies()).isEqualTo(100);

    trial.finish(bus("shared", "rules:\n" + rule.formatted("one") + rule.formatted("two")));

    assertThat(copies()).isEqualTo(200);
  }

  private static long copies() {
    AtomicLong copies = new AtomicLong();
    try (DirectAccess access =
        new DirectAccess(Connectors.all(), broker.instance(), "shared-copies")) {
      access
          .tail(TailStart.parse("first"))
          .readAll((partition, record) -> copies.incrementAndGet() > 0, trouble -> {});
    }
    return copies.get();
  }

  @Test
  void aReplayDeliversATimeOnceMoreToTheChosenRules() throws Exception {
    Path bus =
        bus(
            "again",
            """
            rules:
              - name: one
                targets: [ { id: t, sink: { trial: { file: "%s" } } } ]
              - name: two
                filterPattern: { data: { body: [ { prefix: "late" } ] } }
                targets: [ { id: t, sink: { trial: { file: "%s" } } } ]
              - name: off
                status: DISABLE
                targets: [ { id: t, sink: { trial: { file: "%s" } } } ]
            """
                .formatted(file("one"), file("two"), file("off")));
    send("again", List.of("early-1", "early-2"));
    Instant between = Instant.now().plusMillis(1);
    await().until(() -> Instant.now().isAfter(between.plusMillis(1)));
    send("again", List.of("late-1", "late-2"));
    Instant end = Instant.now().plusMillis(1);
    await().until(() -> Instant.now().isAfter(end));
    trial.finish(bus);

    assertThat(replay(bus, between, end, "--rule", "one")).isEqualTo("2 replayed, 0 left out");
    trial.finish(bus);
    assertThat(stored("one"))
        .containsExactlyInAnyOrder("early-1", "early-2", "late-1", "late-2", "late-1", "late-2");
    assertThat(stored("two")).hasSize(2);

    assertThat(replay(bus, Instant.EPOCH, Instant.now())).isEqualTo("4 replayed, 2 left out");
    trial.finish(bus);
    assertThat(stored("one")).hasSize(10);
    assertThat(stored("two")).hasSize(4);
    assertThat(stored("off")).isEmpty();

    String[] none = {"replay", "again", "--from", "0", "--flows", bus.toString()};
    assertThat(call(with(none, "--rule", "off")).err()).contains("[command.unknown-rule]");
    assertThat(call(with(none, "--rule", "three")).err()).contains("[command.unknown-rule]");
    assertThat(call("replay", "nobody", "--from", "0", "--flows", bus.toString()).err())
        .contains("[command.unknown-bus]")
        .contains("again");
    assertThat(call("replay", "again", "--from", "yesterday").err()).contains("yesterday");
  }

  /** A target that is given a word and the number of the event, and gives up at once. */
  private static String target(String id, String word) {
    String body =
        "{ form: TEMPLATE, value: { n: $.data.body.n }, template: \"" + word + " ${n}\" }";
    return """
        { id: %s, transforms: [ { body: %s } ], sink: { trial: { file: "%s" } }, runOptions: { \
        errorsTolerance: ALL, retryStrategy: { maximumRetryAttempts: 0 }, \
        deadLetterQueue: { rocketmq: { instance: trial, topic: several-%s } } } }"""
        .formatted(id, body, file(id), id);
  }

  private static String replay(Path bus, Instant from, Instant to, String... more) {
    String[] words = {
      "replay", "again", "--from", from.toString(), "--to", to.toString(), "--flows", bus.toString()
    };
    Call call = call(with(with(words, more), "--json"));
    JsonNode result = call.envelope().path("result");
    return result.path("replayed") + " replayed, " + result.path("leftOut") + " left out";
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  private static Call call(String... words) {
    Call call = new Call();
    call.run(words);
    return call;
  }

  private static List<JsonNode> letters(String flow, Path bus) {
    List<JsonNode> lines = call("dlq", "list", flow, "--flows", bus.toString(), "--json").json();
    assertThat(lines.get(lines.size() - 1).path("ok").asBoolean()).as(lines.toString()).isTrue();
    return lines.subList(0, lines.size() - 1);
  }

  /** Writes the file of a bus, at once, as editors do. */
  private static Path bus(String name, String rest) throws IOException {
    Path young =
        Files.writeString(
            folder.resolve(name + ".new"),
            """
            kind: Instance
            name: trial
            endpoints: { private: { nameServer: "%s" } }
            ---
            kind: EventBus
            name: %s
            instance: trial
            """
                    .formatted(broker.nameServerAddress(), name)
                + rest);
    return Files.move(
        young,
        folder.resolve(name + ".yaml"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path file(String name) {
    return folder.resolve(name);
  }

  private static List<String> stored(String name) throws IOException {
    List<String> bodies = new ArrayList<>();
    for (String line :
        Files.exists(file(name)) ? Files.readAllLines(file(name)) : List.<String>of()) {
      if (line.startsWith("stored ")) {
        bodies.add(line.substring("stored ".length()));
      }
    }
    return bodies;
  }

  private static List<String> bodies(int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> "{\"n\":" + n + "}").toList();
  }

  private static void send(String bus, List<String> bodies) {
    trial.send(
        "eventbus-" + bus,
        bodies.stream()
            .map(body -> "{\"body\": " + (body.startsWith("{") ? body : "\"" + body + "\"") + "}"));
  }

  /** A run in the background, ended in good order. */
  private static final class Run implements AutoCloseable {
    private final Call call = new Call();
    private final CompletableFuture<Integer> status;

    Run(Path bus, String... options) {
      String[] words = {
        "run", bus.toString(), "--data-dir", trial.data() + "-" + bus.getFileName()
      };
      status = CompletableFuture.supplyAsync(() -> call.run(with(words, options)));
    }

    void awaitErr(String text) {
      awaitErrTimes(text, 1);
    }

    void awaitErrTimes(String text, int times) {
      await(text)
          .atMost(PATIENCE)
          .until(() -> call.err().split(Pattern.quote(text), -1).length > times);
    }

    void awaitStatus(String flow, String count, int number) {
      await(flow)
          .atMost(PATIENCE)
          .until(
              () ->
                  call.out()
                      .lines()
                      .anyMatch(
                          line ->
                              line.contains(flow + " ")
                                  && line.contains(count + "=" + number + " ")));
    }

    @Override
    public void close() {
      call.interrupt();
      assertThat(status.join()).as(call.out() + call.err()).isZero();
    }
  }
}
