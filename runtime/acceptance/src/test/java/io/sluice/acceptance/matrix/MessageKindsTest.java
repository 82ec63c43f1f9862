package io.sluice.acceptance.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.acceptance.Repository;
import io.sluice.acceptance.Runtime;
import io.sluice.testkit.OfficialRemotingClient;
import io.sluice.testkit.OfficialRemotingClient.Seen;
import io.sluice.testkit.ReleasedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What RocketMQ's own remoting clients write and read on either side of Sluice, each of its
 * server's version, with nothing of Sluice in their JVMs. With {@code -Dsluice.accept=true} the
 * page of what crosses how is written anew.
 */
class MessageKindsTest {
  private static final int QUEUES = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Path PAGE = Repository.root().resolve("docs/message-kinds.md");
  private static final List<End> SERVERS = List.of(End.V480, End.V497, End.V550);
  private static final List<KindFlow> FLOWS = KindFlow.all();

  @TempDir Path folder;

  @Test
  void crossAsThePageSays() throws Exception { // I3, I4, I5
    try (Landscape landscape = Landscape.start(Mode.PLAINTEXT, folder, new Plan(List.of()))) {
      for (End end : SERVERS) {
        prepare(landscape.servers(end), end);
        client(landscape, end)
            .write(Kind.TOPIC, Kind.of(end.version()).stream().map(Kind::key).toList());
      }
      SERVERS.forEach(end -> awaitFailures(landscape.servers(end), end));
      Path flows = Files.writeString(folder.resolve("kinds.yaml"), flows(landscape));
      try (Runtime runtime =
          Runtime.startWith("512m", flows, folder.resolve("data"), "--start-timeout", "0s")) {
        Map<KindFlow, String> refusals = new HashMap<>();
        for (KindFlow flow : FLOWS) {
          awaitCopy(landscape, runtime, flow).ifPresent(code -> refusals.put(flow, code));
        }
        compare(page(landscape, refusals), runtime.output());
      }
    }
  }

  private static void compare(String page, String output) throws IOException {
    if (Boolean.getBoolean("sluice.accept")) {
      Files.writeString(PAGE, page);
    }
    assertThat(page)
        .as("%s; if it is right, run this test with -Dsluice.accept=true%n%s", PAGE, output)
        .isEqualTo(Files.exists(PAGE) ? Files.readString(PAGE) : "");
  }

  private static void prepare(ReleasedServers servers, End end) {
    if (end == End.V550) {
      servers.createTopic(Kind.TOPIC, QUEUES, "MIXED");
      FLOWS.stream()
          .filter(flow -> flow.target().version().equals(end.version()))
          .forEach(flow -> servers.createTopic(flow.name(), QUEUES, "MIXED"));
      FLOWS.stream()
          .filter(flow -> flow.source().speaksGrpc())
          .forEach(flow -> servers.groups().createOrdered(flow.group()));
    } else {
      servers.createTopic(Kind.TOPIC, QUEUES);
      servers.createTopics(
          FLOWS.stream().filter(flow -> flow.target() == end).map(KindFlow::name).toList(), QUEUES);
    }
  }

  /** Until what a consumer did not consume is where it is to be read. */
  private static void awaitFailures(ReleasedServers servers, End end) {
    for (Kind kind : List.of(Kind.RETRY, Kind.DEAD_LETTER)) {
      await(kind + " at " + end)
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> servers.messages(kind.topic()) == 1);
    }
    if (end != End.V550) {
      servers.createTopic(Kind.DEAD_LETTER.topic(), 1); // which makes it readable
    }
  }

  private static String flows(Landscape landscape) {
    StringBuilder text = new StringBuilder();
    for (End end : End.values()) {
      landscape.instances(end).forEach(instance -> text.append(instance.text()));
    }
    FLOWS.forEach(flow -> text.append(flow.document()));
    return text.toString();
  }

  private static OfficialRemotingClient client(Landscape landscape, End end) {
    return new OfficialRemotingClient(end.version(), landscape.servers(end).nameServer());
  }

  /** Until it is there, or the flow has said why it never will be. */
  private static Optional<String> awaitCopy(Landscape landscape, Runtime runtime, KindFlow flow)
      throws IOException {
    ReleasedServers target = landscape.servers(flow.target());
    String said = runtime.output();
    await(flow.name())
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        target.messages(flow.name()) >= flow.count()
                            || refusal(flow, runtime).isPresent())
                    .as("%s, %d messages%n%s", flow, target.messages(flow.name()), said)
                    .isTrue());
    return refusal(flow, runtime);
  }

  /** Only proxies refuse to read topics of a group's own. */
  private static Optional<String> refusal(KindFlow flow, Runtime runtime) throws IOException {
    boolean refusable =
        flow.source().way() != End.Way.REMOTING && !flow.sourceTopic().equals(Kind.TOPIC);
    Matcher code =
        Pattern.compile(Pattern.quote(flow.name()) + ",.*\\[([a-z.-]+)\\]")
            .matcher(runtime.output());
    return refusable && code.find() ? Optional.of(code.group(1)) : Optional.empty();
  }

  private static String page(Landscape landscape, Map<KindFlow, String> refusals) {
    Map<String, List<Seen>> seen = new HashMap<>();
    for (End end : SERVERS) {
      List<String> topics =
          new ArrayList<>(Arrays.stream(Kind.values()).map(Kind::topic).distinct().toList());
      FLOWS.stream()
          .filter(flow -> flow.target().version().equals(end.version()))
          .map(KindFlow::name)
          .forEach(topics::add);
      seen.putAll(
          client(landscape, end).read(topics).stream()
              .collect(Collectors.groupingBy(message -> end.version() + message.topic())));
    }
    KindsPage page = new KindsPage();
    for (Kind kind : Kind.values()) {
      FLOWS.stream()
          .filter(flow -> flow.sourceTopic().equals(kind.topic()))
          .forEach(
              flow ->
                  page.add(
                      kind,
                      flow.source(),
                      flow.target(),
                      refusals.containsKey(flow)
                          ? "`" + refusals.get(flow) + "`"
                          : outcome(kind, flow, seen)));
    }
    return page.text();
  }

  private static String outcome(Kind kind, KindFlow flow, Map<String, List<Seen>> seen) {
    if (!kind.isKnownTo(flow.source().version())) {
      return "–";
    }
    return Crossing.of(
            kind,
            seen.getOrDefault(flow.source().version() + flow.sourceTopic(), List.of()),
            seen.getOrDefault(flow.target().version() + flow.name(), List.of()))
        .outcome();
  }
}
