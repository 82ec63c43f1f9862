package io.sluice.flows.binding;

import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.finding.KnownNames;
import io.sluice.flows.flowtest.FlowTest;
import io.sluice.flows.flowtest.FlowTestReader;
import io.sluice.flows.schema.CheckedDocument;
import io.sluice.flows.schema.DocumentKind;
import java.util.List;
import java.util.Optional;

/** Binds {@code kind: FlowTests}. */
public final class TestBinder {
  private final Findings findings;

  public TestBinder(Findings findings) {
    this.findings = findings;
  }

  /**
   * The tests that a sound document holds.
   *
   * @param flows those that could be bound
   * @param declarations the names of all, which may be wrong themselves
   */
  public List<FlowTest> bind(
      CheckedDocument document, List<BoundFlow> flows, List<Declaration> declarations) {
    Scalar name = (Scalar) document.root().get("flow").orElseThrow();
    Optional<BoundFlow> flow =
        flows.stream().filter(bound -> bound.name().value().equals(name.text())).findFirst();
    if (flow.isEmpty()) {
      reportUnlessDeclared(name, declarations);
    }
    return flow.map(bound -> new FlowTestReader(findings).read(document.root(), bound.logic()))
        .orElse(List.of());
  }

  private void reportUnlessDeclared(Scalar name, List<Declaration> declarations) {
    boolean bus =
        declarations.stream()
            .filter(declaration -> declaration.kind() == DocumentKind.EVENT_BUS)
            .anyMatch(declaration -> declaration.name().value().equals(name.text()));
    if (bus) {
      findings.error(
          FlowError.UNKNOWN_FLOW,
          name.place(),
          "'" + name.shown() + "' is a bus and no flow",
          "Write its tests below `tests` of the bus.");
      return;
    }
    List<String> known =
        declarations.stream()
            .filter(declaration -> !declaration.isInstance())
            .map(declaration -> declaration.name().value())
            .toList();
    if (!known.contains(name.text())) {
      findings.error(
          FlowError.UNKNOWN_FLOW,
          name.place(),
          "there is no flow '" + name.shown() + "'",
          known.isEmpty()
              ? FlowError.UNKNOWN_FLOW.remedy()
              : new KnownNames(known).suggestion(name.text(), "Flows"));
    }
  }
}
