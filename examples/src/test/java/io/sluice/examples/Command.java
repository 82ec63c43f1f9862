package io.sluice.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.Host;
import io.sluice.cli.Sluice;
import io.sluice.cli.output.Terminal;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** One call of the command with {@code --json}, within the test's process. */
final class Command {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
  private final CompletableFuture<Integer> status;

  private Command(Map<String, String> environment, String[] arguments) {
    Host host =
        new Host(
            InputStream.nullInputStream(),
            new PrintWriter(out),
            new PrintWriter(err),
            Terminal.NONE,
            name -> Optional.ofNullable(environment.get(name)),
            stop::set);
    String[] words =
        Stream.concat(Arrays.stream(arguments), Stream.of("--json")).toArray(String[]::new);
    status = CompletableFuture.supplyAsync(() -> Sluice.run(host, words));
  }

  /** Begins a call. */
  static Command start(Map<String, String> environment, String... arguments) {
    return new Command(environment, arguments);
  }

  /** Makes a call, and answers the events before its envelope. */
  static List<JsonNode> events(Map<String, String> environment, String... arguments) {
    Command command = start(environment, arguments);
    command.end();
    List<JsonNode> lines = command.lines();
    return lines.subList(0, lines.size() - 1);
  }

  /** Does what Ctrl-C does. */
  void interrupt() {
    stop.get().run();
  }

  /** Waits for the end, which is to be a good one, and answers the envelope. */
  JsonNode end() {
    return end(0);
  }

  /** Waits for the end with an exit status, and answers the envelope. */
  JsonNode end(int expected) {
    int number = status.join();
    if (number != expected) {
      throw new AssertionError("exit status " + number + "\n" + out + err);
    }
    List<JsonNode> lines = lines();
    return lines.get(lines.size() - 1);
  }

  /**
   * Waits until something holds that it is to bring about, or until it has ended.
   *
   * @throws AssertionError with all that it has printed, when that takes longer than two minutes
   */
  void await(Callable<Boolean> condition) {
    try {
      Awaitility.await().atMost(PATIENCE).until(() -> hasEnded() || condition.call());
    } catch (ConditionTimeoutException late) {
      throw new AssertionError("in vain, after\n" + out + err, late);
    }
  }

  /** A line of what it has printed, from 0 on. */
  JsonNode line(int number) {
    return lines().get(number);
  }

  /** The last status of a flow so far, if it has one. */
  Optional<JsonNode> flow(String name) {
    return lines().stream()
        .filter(line -> line.path("flow").asText().equals(name))
        .reduce((first, second) -> second);
  }

  /** Whether it has ended. */
  boolean hasEnded() {
    return status.isDone();
  }

  private List<JsonNode> lines() {
    String text = out.toString();
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Command::parse).toList();
  }

  private static JsonNode parse(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }
}
