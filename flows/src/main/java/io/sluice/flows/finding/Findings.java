package io.sluice.flows.finding;

import io.sluice.flows.Finding;
import io.sluice.flows.Finding.Severity;
import io.sluice.flows.FlowError;
import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.Location.InFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The findings of one loading, as they come in. For one thread. */
public final class Findings {
  private final Set<Finding> findings = new LinkedHashSet<>();
  private final Set<InFile> errorPlaces = new HashSet<>();
  private int errors;

  /** An error whose suggestion is the remedy of its code. */
  public void error(FlowError code, InFile place, String message) {
    error(code, place, message, code.remedy());
  }

  public void error(ErrorCode code, InFile place, String message, String suggestion) {
    errors++;
    errorPlaces.add(place);
    findings.add(new Finding(Severity.ERROR, code, message, place, suggestion));
  }

  public void warning(FlowError code, InFile place, String message, String suggestion) {
    findings.add(new Finding(Severity.WARNING, code, message, place, suggestion));
  }

  /** How many errors came in: whoever remembers the number can tell whether there are new ones. */
  public int errors() {
    return errors;
  }

  /** Whether an error stands at a place already, so that another would only follow from it. */
  public boolean hasErrorAt(InFile place) {
    return errorPlaces.contains(place);
  }

  /** Without repetitions, by file in order of appearance, then by line and column. */
  public List<Finding> sorted() {
    List<String> files =
        findings.stream().map(finding -> finding.location().file()).distinct().toList();
    List<Finding> sorted = new ArrayList<>(findings);
    sorted.sort(
        Comparator.comparingInt((Finding finding) -> files.indexOf(finding.location().file()))
            .thenComparingInt(finding -> finding.location().line())
            .thenComparingInt(finding -> finding.location().column()));
    return List.copyOf(sorted);
  }
}
