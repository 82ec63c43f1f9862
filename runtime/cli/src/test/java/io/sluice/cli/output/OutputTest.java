package io.sluice.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.CommandError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutputTest {
  private static final SluiceException ERROR =
      new SluiceException(
          CommandError.USAGE,
          "It is wrong.",
          new Location.InFile("flows.yaml", 12, 5),
          "Make it right.",
          null);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void errorsHavePlaceMessageCodeAndWayOut() {
    output(new Terminal(false, true, false), false).error(ERROR);
    assertThat(err)
        .hasToString(
            lines("✗ flows.yaml:12:5  It is wrong. [command.usage]", "  → Make it right."));
  }

  @Test
  void pipesGetAscii() {
    output(Terminal.NONE, false).error(ERROR);
    output(Terminal.NONE, false).warning(ERROR);
    assertThat(err)
        .hasToString(
            lines(
                "error: flows.yaml:12:5  It is wrong. [command.usage]",
                "  -> Make it right.",
                "warning: flows.yaml:12:5  It is wrong. [command.usage]",
                "  -> Make it right."));
  }

  @Test
  void programsReadOneEnvelopeAndNothingElse() {
    Output output = output(Terminal.NONE, true);
    output.line("for people");
    output.error(ERROR);
    output.remark("for people");
    int status = output.finish("validate", Outcome.failed(ERROR));
    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).isEmpty();
    assertThat(out)
        .hasToString(
            lines(
                "{\"command\":\"validate\",\"ok\":false,\"summary\":\"\",\"result\":{},"
                    + "\"error\":{\"code\":\"command.usage\",\"message\":\"It is wrong.\","
                    + "\"location\":\"flows.yaml:12:5\",\"file\":\"flows.yaml\",\"line\":12,"
                    + "\"column\":5,\"suggestion\":\"Make it right.\"}}"));
  }

  @Test
  void tellsOfAnErrorOnce() {
    Output output = output(Terminal.NONE, false);
    output.error(ERROR);
    output.finish("run", Outcome.failedAsTold(ERROR, "1 flow.", Output.object()));
    assertThat(err.toString().lines().filter(line -> line.contains("It is wrong"))).hasSize(1);
    assertThat(out).hasToString(lines("1 flow."));
  }

  @Test
  void showsStackTracesOnlyWhenAsked() {
    new Output(new PrintWriter(out), new PrintWriter(err), Terminal.NONE, false, false)
        .error(ERROR);
    assertThat(err.toString()).doesNotContain("\tat ");
    new Output(new PrintWriter(out), new PrintWriter(err), Terminal.NONE, false, true).error(ERROR);
    assertThat(err.toString()).contains("\tat ");
  }

  @Test
  void terminalsAreKnownByTheirVariables() {
    Map<String, String> utf8 = Map.of("TERM", "xterm", "LANG", "de_DE.UTF-8");
    assertThat(terminal(utf8)).isEqualTo(new Terminal(true, true, true));
    assertThat(terminal(Map.of("TERM", "xterm", "LANG", "C")))
        .isEqualTo(new Terminal(true, false, true));
    assertThat(terminal(Map.of("TERM", "xterm", "LANG", "C.UTF-8", "LC_ALL", "C")))
        .isEqualTo(new Terminal(true, false, true));
    assertThat(terminal(Map.of("TERM", "xterm", "LANG", "C.UTF-8", "NO_COLOR", "1")))
        .isEqualTo(new Terminal(true, false, false));
    assertThat(terminal(Map.of("TERM", "dumb", "LANG", "C.UTF-8"))).isEqualTo(Terminal.NONE);
    assertThat(Terminal.of(false, false, name -> Optional.ofNullable(utf8.get(name))))
        .isEqualTo(Terminal.NONE);
  }

  private static Terminal terminal(Map<String, String> variables) {
    return Terminal.of(true, true, name -> Optional.ofNullable(variables.get(name)));
  }

  private Output output(Terminal terminal, boolean json) {
    return new Output(new PrintWriter(out), new PrintWriter(err), terminal, json, false);
  }

  private static String lines(String... lines) {
    return String.join(System.lineSeparator(), lines).replace("\n", System.lineSeparator())
        + System.lineSeparator();
  }
}
