package io.sluice.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.Finding;
import io.sluice.flows.Finding.Severity;
import io.sluice.sdk.error.SluiceException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the loader found in flow files, as the command tells of it. Immutable. */
public final class Findings {
  private final List<Finding> findings;

  public Findings(List<Finding> findings) {
    this.findings = List.copyOf(findings);
  }

  /** Tells people about each. */
  public void print(Output output) {
    for (Finding finding : findings) {
      if (finding.severity() == Severity.ERROR) {
        output.error(asException(finding));
      } else {
        output.warning(asException(finding));
      }
    }
  }

  /** All of them as {@code findings} of a result. */
  public void putInto(ObjectNode result) {
    ArrayNode array = result.putArray("findings");
    for (Finding finding : findings) {
      ObjectNode node = Output.object();
      node.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
      node.setAll(Envelope.problem(asException(finding)));
      array.add(node);
    }
  }

  /** The error that decides the exit status, if there is an error. */
  public Optional<SluiceException> worst() {
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
  public Optional<Outcome> refusal(String nothing) {
    ObjectNode result = Output.object();
    putInto(result);
    return worst()
        .map(error -> Outcome.failedAsTold(error, nothing + ": " + count() + ".", result));
  }

  /** Whether there is anything milder than an error. */
  public boolean hasWarnings() {
    return findings.stream().anyMatch(finding -> finding.severity() != Severity.ERROR);
  }

  /** Such as {@code 2 errors, 1 warning}. */
  public String count() {
    long errors = findings.stream().filter(f -> f.severity() == Severity.ERROR).count();
    return Count.of(errors, "error") + ", " + Count.of(findings.size() - errors, "warning");
  }

  private static SluiceException asException(Finding finding) {
    return new SluiceException(
        finding.code(), finding.message(), finding.location(), finding.suggestion(), null);
  }
}
