package io.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A call of the command within the test's process. Its output can be read while it runs. */
public final class Call {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
  private String in = "";
  private Map<String, String> environment = Map.of();

  public Call with(Map<String, String> variables) {
    environment = Map.copyOf(variables);
    return this;
  }

  public Call reading(String standardInput) {
    in = standardInput;
    return this;
  }

  /** Calls it and answers the exit status. */
  public int run(String... arguments) {
    Host host =
        new Host(
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out),
            new PrintWriter(err),
            Terminal.NONE,
            name -> Optional.ofNullable(environment.get(name)),
            stop::set);
    return Sluice.run(host, arguments);
  }

  /** What Ctrl-C does. */
  public void interrupt() {
    stop.get().run();
  }

  public String out() {
    return out.toString();
  }

  public String err() {
    return err.toString();
  }

  /** Standard output as one JSON object per line. */
  public List<JsonNode> json() {
    return out().lines().map(Call::parse).toList();
  }

  /** The last line of standard output. */
  public JsonNode envelope() {
    List<JsonNode> lines = json();
    return lines.get(lines.size() - 1);
  }

  private static JsonNode parse(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }
}
