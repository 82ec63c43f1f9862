package io.sluice.flows.transform;

import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.event.WholeEvent;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.transform.CloudEventsTransform.Mode;
import java.util.Optional;

/** Reads a transform that makes CloudEvents. Every problem is reported. */
final class CloudEventsReader {
  private static final String MODE = "mode";
  private static final Slot ATTRIBUTES = new Slot("attributes", Slot.Takes.OBJECT);

  private final WholeEvent events;
  private final Findings findings;

  CloudEventsReader(WholeEvent events, Findings findings) {
    this.events = events;
    this.findings = findings;
  }

  /** The transform of a sound block; empty if something was reported. */
  Optional<CloudEventsTransform> read(Mapping block) {
    int before = findings.errors();
    Mode mode = Mode.valueOf(((Scalar) block.get(MODE).orElseThrow()).text());
    Optional<Output> attributes =
        block
            .get(ATTRIBUTES.key())
            .flatMap(
                given ->
                    new OutputReader(events.shape(), findings, ATTRIBUTES, (Mapping) given).read());
    return findings.errors() > before
        ? Optional.empty()
        : Optional.of(new CloudEventsTransform(mode, attributes, events));
  }
}
