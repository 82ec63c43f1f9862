package io.sluice.flows;

import io.sluice.flows.flowtest.FlowTest;
import io.sluice.flows.model.FlowLogic;
import io.sluice.flows.model.FlowModel;
import java.util.List;

/**
 * What a set of paths holds.
 *
 * @param model the documents that could be bound; whole only if there are no errors
 * @param logic what each flow of the model does to a record, in the same order
 * @param tests of the flows, in the order of the files
 * @param findings all of them, by file, line and column
 */
public record LoadedFlows(
    FlowModel model, List<FlowLogic> logic, List<FlowTest> tests, List<Finding> findings) {
  /** What no paths hold. */
  public static final LoadedFlows NONE =
      new LoadedFlows(
          new FlowModel(List.of(), List.of(), List.of(), List.of()),
          List.of(),
          List.of(),
          List.of());

  public LoadedFlows {
    logic = List.copyOf(logic);
    tests = List.copyOf(tests);
    findings = List.copyOf(findings);
  }

  /** Whether any finding is an error: then the model is not whole. */
  public boolean hasErrors() {
    return findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
  }
}
