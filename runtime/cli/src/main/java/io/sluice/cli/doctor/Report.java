package io.sluice.cli.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.output.Count;
import io.sluice.cli.output.Envelope;
import io.sluice.cli.output.ExitStatus;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All examinations of one call, as programs read them, and how the call ends. */
public final class Report {
  private final ObjectNode result = Output.object();
  private final ArrayNode instances = result.putArray("instances");
  private final List<SluiceException> failures = new ArrayList<>();
  private int passed;
  private int doubtful;
  private int notChecked;

  /** Adds one examination. */
  public void add(Patient patient, List<CheckResult> results) {
    ObjectNode node = instances.addObject();
    if (patient instanceof Patient.Present present) {
      describe(node, present.instance());
    } else if (patient instanceof Patient.Absent absent) {
      node.put("name", absent.name());
      node.set("notChecked", Envelope.problem(absent.reason()));
    }
    ArrayNode checks = node.putArray("checks");
    results.forEach(check -> checks.add(json(check)));
  }

  /** The exit status is that of the worst failure; doubts do not count. */
  public Outcome outcome() {
    String summary =
        Count.of(instances.size(), "instance")
            + ": "
            + Count.of(passed)
            + " passed, "
            + Count.of(doubtful, "warning")
            + ", "
            + Count.of(failures.size())
            + " failed, "
            + Count.of(notChecked)
            + " not checked.";
    Optional<SluiceException> worst = ExitStatus.worst(failures);
    return worst
        .map(problem -> Outcome.failedAsTold(problem, summary, result))
        .orElseGet(() -> Outcome.ok(summary, result));
  }

  private static void describe(ObjectNode node, Instance instance) {
    node.put("name", instance.name());
    node.put("version", instance.version().text());
    node.put("network", instance.network().text());
    node.put("access", instance.access().name());
    instance
        .vpc()
        .ifPresent(
            vpc -> {
              ObjectNode place = node.putObject("vpc").put("id", vpc.id());
              vpc.vSwitch().ifPresent(id -> place.put("vSwitch", id));
              vpc.securityGroup().ifPresent(id -> place.put("securityGroup", id));
            });
  }

  private ObjectNode json(CheckResult check) {
    ObjectNode node = Output.object();
    node.put("check", check.check());
    node.put("subject", check.subject());
    Verdict verdict = check.verdict();
    if (verdict instanceof Verdict.Passed good) {
      passed++;
      node.put("verdict", "passed").put("seen", good.seen());
    } else if (verdict instanceof Verdict.NotChecked open) {
      notChecked++;
      node.put("verdict", "not-checked").put("because", open.because());
    } else if (verdict instanceof Verdict.Doubtful doubt) {
      doubtful++;
      node.put("verdict", "warning").setAll(Envelope.problem(doubt.problem()));
    } else if (verdict instanceof Verdict.Failed failure) {
      failures.add(failure.problem());
      node.put("verdict", "failed").setAll(Envelope.problem(failure.problem()));
    }
    return node;
  }
}
