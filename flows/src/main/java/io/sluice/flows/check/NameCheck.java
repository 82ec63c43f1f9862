package io.sluice.flows.check;

import io.sluice.flows.FlowError;
import io.sluice.flows.binding.Declaration;
import io.sluice.flows.binding.Mention;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.error.Location.InFile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names are unique: among flows and buses, and among instances and brokers. */
public final class NameCheck {
  private final Findings findings;

  public NameCheck(Findings findings) {
    this.findings = findings;
  }

  /** The mentions that take a name which is taken already. */
  public Set<Mention> check(List<Declaration> declarations) {
    Set<Mention> repeated = new HashSet<>();
    Map<String, Declaration> instances = new HashMap<>();
    Map<String, Declaration> flows = new HashMap<>();
    for (Declaration declaration : declarations) {
      if (findings.hasErrorAt(declaration.name().place())) {
        continue;
      }
      Map<String, Declaration> taken = declaration.isInstance() ? instances : flows;
      Declaration first = taken.putIfAbsent(declaration.name().value(), declaration);
      if (first != null) {
        repeated.add(declaration.name());
        findings.error(
            FlowError.DUPLICATE_NAME,
            declaration.name().place(),
            "name '%s' is taken by the %s %s"
                .formatted(
                    declaration.name().shown(),
                    first.kind().text(),
                    where(first.name().place(), declaration.name().place())),
            FlowError.DUPLICATE_NAME.remedy());
      }
    }
    return repeated;
  }

  private static String where(InFile place, InFile seenFrom) {
    return place.file().equals(seenFrom.file()) ? "in line " + place.line() : "at " + place;
  }
}
