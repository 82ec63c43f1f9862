package io.sluice.flows.transform;

import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.event.WholeEvent;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.record.RecordPart;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the transforms in the block of a sink. Every problem is reported. */
public final class TransformReader {
  private final Findings findings;

  public TransformReader(Findings findings) {
    this.findings = findings;
  }

  /**
   * The transform that a sound block of a sink asks for; empty if it asks for none, so that records
   * pass as they are, or if something was reported.
   *
   * @param parts which the sink's connector lets flows make
   * @param source where the records come from
   */
  public Optional<RecordTransform> read(
      Mapping sink, Set<RecordPart> parts, SourceDescription source) {
    int before = findings.errors();
    Map<RecordPart, Output> outputs = new EnumMap<>(RecordPart.class);
    for (RecordPart part : parts) {
      sink.get(part.key())
          .flatMap(block -> new OutputReader(findings, part, (Mapping) block).read())
          .ifPresent(output -> outputs.put(part, output));
    }
    return outputs.isEmpty() || findings.errors() > before
        ? Optional.empty()
        : Optional.of(new RecordTransform(outputs, new WholeEvent(source)));
  }
}
