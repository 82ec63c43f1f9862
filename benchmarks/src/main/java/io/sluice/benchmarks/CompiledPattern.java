package io.sluice.benchmarks;

import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.pattern.EventPattern;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.error.Location.InFile;
import java.util.Optional;

/** Event patterns, compiled as a flow's are. */
final class CompiledPattern {
  static final SourceDescription SOURCE =
      new SourceDescription(
          Optional.of("qingdao"), "orders", Optional.empty(), "acs:mq", "mq:Topic:SendMessage");
  private static final InFile PLACE = new InFile("pattern.json", 1, 1);

  private CompiledPattern() {}

  static EventPattern of(String json) {
    Scalar text = new Scalar(PLACE, Scalar.Kind.TEXT, json, Optional.empty());
    Findings findings = new Findings();
    return EventPattern.compile(text, SOURCE, findings)
        .orElseThrow(() -> new IllegalArgumentException(findings.sorted().toString()));
  }
}
