package io.sluice.acceptance.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.acceptance.Runtime;
import io.sluice.testkit.ReleasedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Servers 4.8.0, 4.9.7 and 5.5.0, the last one also by gRPC and by remoting through its proxy, each
 * as source and as target: plaintext, with TLS of an authority of its own, with certificates of
 * clients, each with and without users. One runtime makes all copies of a mode, all pairs of ends,
 * and some between the mode and the one before ({@link Plan}); flows that are not let in run beside
 * them.
 *
 * <p>Each build tries the first three modes, which have every transport, and servers with and
 * without users. {@code -Dsluice.matrix=full} tries all six.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("modes")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstanceMatrixTest {
  private static final Plan PLAN = Plan.of(Mode.chosen());
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration WATCHED = Duration.ofSeconds(10);

  /** With a pause of a second each, and what one look-up takes. */
  private static final int MANY = 25;

  @TempDir static Path folder;

  /** Of the mode and, if there is one, of the mode before. */
  private static final Map<Mode, Landscape> LANDSCAPES = new LinkedHashMap<>();

  private static final List<Refusal> REFUSALS = new ArrayList<>();
  private static Runtime runtime;
  private static Instant limit;

  private final Mode mode;

  InstanceMatrixTest(Mode mode) {
    this.mode = mode;
  }

  static List<Mode> modes() {
    return Mode.chosen();
  }

  @BeforeParameterizedClassInvocation
  static void start(Mode mode) throws IOException {
    Landscape landscape = Landscape.start(mode, folder.resolve(mode.key()), PLAN);
    LANDSCAPES.put(mode, landscape);
    for (WrongCase wrong : WrongCase.of(mode)) {
      for (End end : End.values()) {
        REFUSALS.add(Refusal.of(wrong, end, landscape));
      }
    }
    Path flows = Files.writeString(folder.resolve(mode.key() + ".yaml"), flows(mode));
    runtime =
        Runtime.startWith(
            "512m", flows, folder.resolve("data-" + mode.key()), "--start-timeout", "0s");
    limit = Instant.now().plus(PATIENCE);
  }

  private static String flows(Mode mode) {
    StringBuilder text = new StringBuilder();
    for (Landscape landscape : LANDSCAPES.values()) {
      for (End end : End.values()) {
        landscape.instances(end).forEach(instance -> text.append(instance.text()));
      }
    }
    PLAN.at(mode).forEach(copy -> text.append(copy.document()));
    REFUSALS.forEach(refusal -> text.append(refusal.instance().text()).append(refusal.document()));
    return text.toString();
  }

  @AfterParameterizedClassInvocation
  static void stop(Mode mode) {
    runtime.close();
    REFUSALS.forEach(Refusal::close);
    REFUSALS.clear();
    // This mode's are kept for copies to and from the next.
    LANDSCAPES.values().stream()
        .filter(landscape -> landscape.mode() != mode)
        .forEach(Landscape::close);
    LANDSCAPES.keySet().retainAll(List.of(mode));
  }

  @AfterAll
  static void stopLast() {
    LANDSCAPES.values().forEach(Landscape::close);
    LANDSCAPES.clear();
  }

  @TestFactory
  @Order(1)
  Stream<DynamicTest> copiesWhatItPromises() { // I3, I4, I5
    return PLAN.at(mode).stream()
        .map(copy -> DynamicTest.dynamicTest(copy.toString(), () -> awaitCopy(copy)));
  }

  private static void awaitCopy(Copy copy) {
    ReleasedServers target = serversOf(copy.target());
    await()
        .atMost(patience())
        .untilAsserted(
            () ->
                assertThat(target.messages(copy.name()))
                    .as(linesOf(copy.name()))
                    .isGreaterThanOrEqualTo(copy.content().messages().count()));
    String source = serversOf(copy.source()).nameServer();
    new Comparison(copy, source, target.nameServer()).check();
  }

  private static ReleasedServers serversOf(Side side) {
    return Objects.requireNonNull(LANDSCAPES.get(side.mode())).servers(side.end());
  }

  @TestFactory
  @Order(2)
  Stream<DynamicTest> saysWhatIsWrongAndWhatToDo() {
    return REFUSALS.stream()
        .map(refusal -> DynamicTest.dynamicTest(refusal.toString(), () -> awaitRefusal(refusal)));
  }

  private static void awaitRefusal(Refusal refusal) {
    await()
        .atMost(patience())
        .untilAsserted(
            () ->
                assertThat(linesOf(refusal.name()))
                    .containsPattern("\\[" + refusal.wrong().code() + "\\]\n  (->|→) \\S"));
  }

  @Test
  @Order(3)
  void knocksNowAndThenWhereItIsNotLetIn() {
    int[] before = REFUSALS.stream().mapToInt(refusal -> refusal.knocks().getAsInt()).toArray();
    await().pollDelay(WATCHED).atMost(WATCHED.multipliedBy(2)).until(() -> true);
    SoftAssertions.assertSoftly(
        softly -> {
          for (int index = 0; index < before.length; index++) {
            Refusal refusal = REFUSALS.get(index);
            softly
                .assertThat(refusal.knocks().getAsInt() - before[index])
                .as(refusal.toString())
                .isLessThanOrEqualTo(MANY);
          }
        });
    assertThat(runtime.isAlive()).isTrue();
  }

  @Test
  @Order(4)
  void neitherKeysNorSecretsShow() throws IOException { // I9
    Users users = LANDSCAPES.get(mode).users();
    List<String> secrets =
        Stream.of(users.reader(), users.writer(), users.stranger())
            .flatMap(user -> Stream.of(user.key(), user.secret()))
            .toList();
    assertThat(runtime.output())
        .doesNotContain(WrongCase.WRONG_SECRET)
        .doesNotContain(secrets.toArray(String[]::new));
  }

  /** What is left of the time in which all has to be done. */
  private static Duration patience() {
    Duration left = Duration.between(Instant.now(), limit);
    return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
  }

  /** What the runtime has said of a flow, each with the line that follows. */
  private static String linesOf(String flow) {
    try {
      String[] lines = runtime.output().split("\n", -1);
      StringBuilder said = new StringBuilder();
      for (int index = 0; index < lines.length; index++) {
        if (lines[index].contains(flow + " ") || lines[index].contains(flow + ",")) {
          said.append(lines[index]).append('\n');
          said.append(index + 1 < lines.length ? lines[index + 1] : "").append('\n');
        }
      }
      return said.toString();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
