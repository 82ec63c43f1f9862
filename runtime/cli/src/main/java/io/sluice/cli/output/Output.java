package io.sluice.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sdk.error.SluiceException;
import java.io.PrintWriter;

/**
 * Where one call of a verb prints: lines for people, or JSON for programs, never both.
 *
 * <p>Standard output carries what was asked for; problems go to standard error. With {@code --json}
 * everything is on standard output, one object per line, the {@link Outcome envelope} last.
 * Thread-safe as far as its writers are.
 */
public final class Output {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final PrintWriter out;
  private final PrintWriter err;
  private final Terminal terminal;
  private final boolean json;
  private final boolean debug;
  private final ProblemText problems;

  public Output(PrintWriter out, PrintWriter err, Terminal terminal, boolean json, boolean debug) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.json = json;
    this.debug = debug;
    this.problems = new ProblemText(terminal);
  }

  /** An empty JSON object to fill in. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Whether a program reads. */
  public boolean isJson() {
    return json;
  }

  /** Whether a table can be repainted in place. */
  public boolean isLive() {
    return terminal.liveOutput() && !json;
  }

  /** Prints a line for people. */
  public void line(String text) {
    if (!json) {
      out.println(text);
      out.flush();
    }
  }

  /** Prints text for people as it is, without ending the line. */
  public void paint(String text) {
    if (!json) {
      out.print(text);
      out.flush();
    }
  }

  /** Prints a line for programs. */
  public void event(ObjectNode event) {
    if (json) {
      print(event);
    }
  }

  /** Tells people about an error. Programs find it in the envelope or in the events. */
  public void error(SluiceException error) {
    if (!json) {
      err.println(problems.error(error));
      err.flush();
    }
    trace(error);
  }

  /** Tells people about something that does not keep the command from its work. */
  public void warning(SluiceException warning) {
    if (!json) {
      err.println(problems.warning(warning));
      err.flush();
    }
    trace(warning);
  }

  /** Prints a remark for people beside what was asked for. */
  public void remark(String text) {
    if (!json) {
      err.println(text);
      err.flush();
    }
  }

  /** Whether nobody reads standard output any more, as when a pipe ends early. */
  public boolean isClosed() {
    return out.checkError();
  }

  /**
   * Prints how a verb ended.
   *
   * @return the exit status
   */
  public int finish(String command, Outcome outcome) {
    if (!outcome.told()) {
      outcome.error().ifPresent(this::error);
    }
    if (!outcome.summary().isEmpty()) {
      line(outcome.summary());
    }
    if (json) {
      print(Envelope.of(command, outcome));
    }
    return outcome.status().number();
  }

  /** The stack trace, for those who asked for it. */
  private void trace(Throwable error) {
    if (debug) {
      error.printStackTrace(err);
      err.flush();
    }
  }

  private void print(ObjectNode node) {
    try {
      out.println(MAPPER.writeValueAsString(node));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain nodes cannot be written", e);
    }
  }
}
