package io.sluice.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.CommandError;
import io.sluice.cli.output.Output;
import io.sluice.cli.output.Terminal;
import io.sluice.engine.FlowState;
import io.sluice.engine.FlowStatus;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunViewTest {
  private static final SluiceException ERROR =
      new SluiceException(CommandError.NO_ANSWER, "Nobody answers.", Location.NONE);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final FlowRows rows = new FlowRows();
  private final Statuses flow = Statuses.running("orders");

  @Test
  void aPipeGetsALinePerChange() {
    RunView view = view(Terminal.NONE, false);
    view.show(at(0, flow));
    view.show(at(1, flow.read(4000).lag(OptionalLong.of(7))));
    view.show(at(2, flow.read(4000).lag(OptionalLong.of(7))));
    view.show(at(3, flow.read(4000).trouble(ERROR, true).in(FlowState.RUNNING_FAILED)));
    assertThat(out.toString().lines())
        .containsExactly(
            "orders state=RUNNING in=0 out=0 filtered=0 rate=0/s lag=0",
            "orders state=RUNNING in=4000 out=2000 filtered=2000 rate=4000/s lag=7",
            "orders state=RUNNING_FAILED in=4000 out=2000 filtered=2000 rate=0/s lag=0"
                + " error=command.no-answer");
  }

  @Test
  void theSameErrorOfAnotherAttemptIsNoChange() {
    RunView view = view(Terminal.NONE, false);
    view.show(at(0, flow.trouble(ERROR, true)));
    view.show(at(1, flow.trouble(ERROR.at(Location.NONE), true)));
    assertThat(out.toString().lines()).hasSize(1);
  }

  @Test
  void anErrorOfAnInstanceNamesTheFlowToo() {
    Output output = output(Terminal.NONE, false);
    SluiceException error = ERROR.at(new Location.Named("instance qingdao"));
    new TroubleReport(output, RunView.of(output)).look(List.of(flow.trouble(error, true).status()));
    assertThat(err.toString()).startsWith("warning: orders, instance qingdao  Nobody answers.");
  }

  @Test
  void aProgramGetsAnObjectPerChange() {
    RunView view = view(Terminal.NONE, true);
    view.show(at(0, flow.lag(OptionalLong.empty())));
    view.show(at(1, flow.lag(OptionalLong.empty())));
    assertThat(out.toString().strip())
        .isEqualTo(
            "{\"event\":\"status\",\"flow\":\"orders\",\"state\":\"RUNNING\",\"in\":0,\"out\":0,"
                + "\"filtered\":0,\"echoes\":0,\"duplicates\":0,\"retrying\":0,\"deadLettered\":0,"
                + "\"dropped\":0,\"repeats\":0,\"breaker\":null,\"rate\":0,\"lag\":null,\"troubled\":false,\"error\":null}");
  }

  @Test
  void aTerminalGetsATableThatIsRepaintedInPlace() {
    RunView view = view(new Terminal(true, true, true), false);
    view.show(at(0, flow.read(1_200_000).trouble(ERROR, true)));
    assertThat(out.toString())
        .contains("FLOW    STATE           IN      OUT  FILTERED  RATE  LAG  LAST ERROR")
        .contains(
            "orders  RUNNING  1,200,000  600,000   600,000   0/s    0  Nobody answers. [command.no-answer]");
    assertThat(out.toString()).doesNotContain("\u001b[2A");
    view.show(at(1, flow.read(1_200_000)));
    assertThat(out.toString()).contains("\u001b[2A\r\u001b[J");
  }

  @Test
  void aTroubleIsToldOnceAndItsEndToo() {
    Output output = output(Terminal.NONE, false);
    TroubleReport report = new TroubleReport(output, RunView.of(output));
    FlowStatus troubled = flow.trouble(ERROR, true).status();
    report.look(List.of(flow.status()));
    report.look(List.of(troubled));
    report.look(List.of(troubled));
    report.look(List.of(flow.trouble(ERROR, false).status()));
    report.look(List.of(flow.trouble(ERROR, false).in(FlowState.RUNNING_FAILED).status()));
    assertThat(err.toString().lines().filter(line -> !line.startsWith("  ->")))
        .containsExactly(
            "warning: orders  Nobody answers. [command.no-answer]",
            "orders goes on.",
            "error: orders  Nobody answers. [command.no-answer]");
  }

  private List<FlowRow> at(long second, Statuses... flows) {
    return rows.at(
        TimeUnit.SECONDS.toNanos(second), Arrays.stream(flows).map(Statuses::status).toList());
  }

  private RunView view(Terminal terminal, boolean json) {
    return RunView.of(output(terminal, json));
  }

  private Output output(Terminal terminal, boolean json) {
    return new Output(new PrintWriter(out), new PrintWriter(err), terminal, json, false);
  }
}
