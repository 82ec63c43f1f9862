package io.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.output.Count;
import io.sluice.cli.output.Envelope;
import io.sluice.cli.output.ExitStatus;
import io.sluice.cli.output.Outcome;
import io.sluice.cli.output.Output;
import io.sluice.flows.Finding;
import io.sluice.flows.Finding.Severity;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the loader found in flow files, as the command tells of it. */
final class Findings {
  private final List<Finding> findings;

  Findings(List<Finding> findings) {
    this.findings = List.copyOf(findings);
  }

  /** Tells people about each. */
  void print(Output output) {
    for (Finding finding : findings) {
      if (finding.severity() == Severity.ERROR) {
        output.error(asException(finding));
      } else {
        output.warning(asException(finding));
      }
    }
  }

  /** All of them as {@code findings} of a result. */
  void putInto(ObjectNode result) {
    ArrayNode array = result.putArray("findings");
    for (Finding finding : findings) {
      ObjectNode node = Output.object();
      node.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
      node.setAll(Envelope.problem(asException(finding)));
      array.add(node);
    }
  }

  /** The error that decides the exit status, if there is an error. */
  Optional<SluiceException> worst() {
    return ExitStatus.worst(
        findings.stream()
            .filter(finding -> finding.severity() == Severity.ERROR)
            .map(Findings::asException)
            .toList());
  }

  /**
   * How a verb ends that does nothing where there are errors; empty if there are none.
   *
   * @param nothing what it did, such as {@code Nothing was started}
   */
  Optional<Outcome> refusal(String nothing) {
    ObjectNode result = Output.object();
    putInto(result);
    return worst()
        .map(error -> Outcome.failedAsTold(error, nothing + ": " + count() + ".", result));
  }

  /** What there are warnings for, if there are any. */
  Optional<SluiceException> warnings() {
    return findings.stream().allMatch(finding -> finding.severity() == Severity.ERROR)
        ? Optional.empty()
        : Optional.of(
            new SluiceException(CommandError.WARNINGS, "there are warnings", Location.NONE));
  }

  /** Such as {@code 2 errors, 1 warning}. */
  String count() {
    long errors = findings.stream().filter(f -> f.severity() == Severity.ERROR).count();
    return Count.of(errors, "error") + ", " + Count.of(findings.size() - errors, "warning");
  }

  private static SluiceException asException(Finding finding) {
    return new SluiceException(
        finding.code(), finding.message(), finding.location(), finding.suggestion(), null);
  }
}
