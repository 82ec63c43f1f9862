package io.sluice.flows;

import io.sluice.flows.model.FlowModel;
import java.util.List;

/**
 * What a set of paths holds.
 *
 * @param model the documents that could be bound; whole only if there are no errors
 * @param findings all of them, by file, line and column
 */
public record LoadedFlows(FlowModel model, List<Finding> findings) {
  public LoadedFlows {
    findings = List.copyOf(findings);
  }

  /** Whether any finding is an error: then the model is not whole. */
  public boolean hasErrors() {
    return findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
  }
}
