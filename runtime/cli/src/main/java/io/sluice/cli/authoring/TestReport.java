package io.sluice.cli.authoring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.CommandError;
import io.sluice.cli.output.Count;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.cli.output.Terminal;
import io.sluice.flows.flowtest.Difference;
import io.sluice.flows.flowtest.FlowTest;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.Location.InFile;
import io.sluice.sdk.error.SluiceException;
import java.util.List;
import java.util.Optional;

/**
 * Tells how tests went:
 *
 * <pre>
 * ✓ orders.yaml:30:11  paid-orders: small orders stay
 * ✗ orders.yaml:38:11  paid-orders: big orders are marked
 *     tags  (orders.yaml:41:26)
 *       - big
 *       + small
 * </pre>
 */
public final class TestReport {
  private final Output output;
  private final Sign sign;
  private int passed;
  private int failed;

  public TestReport(Output output, Terminal terminal) {
    this.output = output;
    this.sign = new Sign(terminal);
  }

  /**
   * Tells of one test.
   *
   * @param differences what was not as expected
   */
  public void tell(FlowTest test, List<Difference> differences) {
    boolean ok = differences.isEmpty();
    passed += ok ? 1 : 0;
    failed += ok ? 0 : 1;
    output.line(sign.of(ok) + " " + test.place() + "  " + test.flow() + ": " + test.name());
    for (Difference difference : differences) {
      output.line("    " + difference.what() + "  (" + difference.place() + ")");
      lines("      - ", difference.expected());
      lines("      + ", difference.actual());
    }
    output.event(event(test, differences));
  }

  private void lines(String prefix, Optional<String> text) {
    text.orElse("(nothing)").lines().forEach(line -> output.line(prefix + line));
  }

  private static ObjectNode event(FlowTest test, List<Difference> differences) {
    ObjectNode event = Output.object();
    event.put("event", "test");
    event.put("flow", test.flow());
    event.put("name", test.name());
    place(event, test.place());
    event.put("ok", differences.isEmpty());
    ArrayNode array = event.putArray("differences");
    for (Difference difference : differences) {
      ObjectNode node = array.addObject();
      node.put("what", difference.what());
      difference.expected().ifPresent(text -> node.put("expected", text));
      difference.actual().ifPresent(text -> node.put("actual", text));
      place(node, difference.place());
    }
    return event;
  }

  private static void place(ObjectNode node, InFile place) {
    node.put("file", place.file());
    node.put("line", place.line());
    node.put("column", place.column());
  }

  /** How all of them went. */
  public Outcome outcome(ObjectNode result) {
    result.put("passed", passed);
    result.put("failed", failed);
    String summary = Count.of(passed) + " passed, " + Count.of(failed) + " failed.";
    if (failed == 0) {
      return Outcome.ok(summary, result);
    }
    SluiceException failure =
        new SluiceException(
            CommandError.TEST_FAILED, Count.of(failed, "test") + " failed", Location.NONE);
    return Outcome.failedAsTold(failure, summary, result);
  }
}
