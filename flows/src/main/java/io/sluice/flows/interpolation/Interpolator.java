package io.sluice.flows.interpolation;

import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.finding.Findings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Replaces placeholders in the values of a document: {@code ${env:NAME}}, {@code
 * ${env:NAME:-default}} (the default also stands in for an empty variable, as in shells) and {@code
 * ${file:PATH}}. {@code $${env:…}} and {@code $${file:…}} stand for the literal text; any other
 * {@code ${…}} is left alone, as it is the syntax of templates.
 */
public final class Interpolator {
  private final Function<String, Optional<String>> environment;
  private final Findings findings;

  public Interpolator(Function<String, Optional<String>> environment, Findings findings) {
    this.environment = environment;
    this.findings = findings;
  }

  /**
   * The document with its placeholders replaced. One that cannot be is reported and stays.
   *
   * @param folder what paths of files are relative to
   */
  public Node resolve(Node node, Path folder) {
    if (node instanceof Mapping mapping) {
      return new Mapping(
          mapping.place(),
          mapping.entries().stream()
              .map(entry -> new Entry(entry.key(), entry.place(), resolve(entry.value(), folder)))
              .toList());
    }
    if (node instanceof Sequence sequence) {
      return new Sequence(
          sequence.place(), sequence.items().stream().map(item -> resolve(item, folder)).toList());
    }
    Scalar scalar = (Scalar) node;
    if (scalar.kind() != Scalar.Kind.TEXT || scalar.text().indexOf("${") < 0) {
      return scalar;
    }
    String resolved = new Placeholders(environment, folder, scalar, findings).replaceAll();
    return resolved.equals(scalar.text())
        ? scalar
        : new Scalar(scalar.place(), scalar.kind(), resolved, Optional.of(scalar.text()));
  }
}
