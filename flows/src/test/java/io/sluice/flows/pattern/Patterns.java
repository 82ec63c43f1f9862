package io.sluice.flows.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.flows.document.DocumentReader;
import io.sluice.flows.document.Node;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.error.Location.InFile;
import java.util.Optional;

/** Compiles patterns from JSON text. */
final class Patterns {
  static final SourceDescription SOURCE =
      new SourceDescription(
          Optional.of("qingdao"), "orders", Optional.of("GID"), "acs:mq", "mq:Topic:SendMessage");

  private Patterns() {}

  static EventPattern compile(String json) {
    Findings findings = new Findings();
    Node node = new DocumentReader(findings).readJson(json, new InFile("test", 1, 1)).orElseThrow();
    Optional<EventPattern> pattern = EventPattern.compile(node, SOURCE, findings);
    assertThat(findings.sorted()).as(json).isEmpty();
    return pattern.orElseThrow();
  }
}
