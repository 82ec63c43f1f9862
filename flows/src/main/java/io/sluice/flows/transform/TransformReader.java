package io.sluice.flows.transform;

import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.event.WholeEvent;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.transform.TransformChain.Step;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.record.RecordPart;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the transforms of a flow. Every problem is reported. */
public final class TransformReader {
  /** Key of a flow's list of transforms. */
  public static final String TRANSFORMS = "transforms";

  private static final String SINK = "sink";
  private static final String CLOUD_EVENTS = "cloudEvents";

  private final WholeEvent events;
  private final Findings findings;

  /**
   * @param source where the records come from
   */
  public TransformReader(SourceDescription source, Findings findings) {
    this.events = new WholeEvent(source);
    this.findings = findings;
  }

  /**
   * The transforms of a sound flow: those of its list, then the parts that its sink's block makes.
   * Empty if it has none, so that records pass as they are, or if something was reported.
   *
   * @param transforms the list, if the flow has one
   * @param sink the block of the sink's connector
   * @param parts which the connector lets flows make there
   */
  public Optional<TransformChain> read(
      Optional<Node> transforms, Mapping sink, Set<RecordPart> parts) {
    int before = findings.errors();
    List<Step> steps = new ArrayList<>();
    List<Node> items =
        transforms
            .filter(Sequence.class::isInstance)
            .map(list -> ((Sequence) list).items())
            .orElse(List.of());
    for (int index = 0; index < items.size(); index++) {
      String name = TRANSFORMS + "[" + index + "]";
      step((Mapping) items.get(index)).ifPresent(step -> steps.add(new Step(name, step)));
    }
    parts(sink, parts).ifPresent(step -> steps.add(new Step(SINK, step)));
    return steps.isEmpty() || findings.errors() > before
        ? Optional.empty()
        : Optional.of(new TransformChain(steps));
  }

  private Optional<Transform> step(Mapping block) {
    Optional<Entry> cloudEvents = block.entry(CLOUD_EVENTS);
    if (cloudEvents.isEmpty()) {
      return parts(block, RecordPart.OF_MESSAGES).map(made -> made);
    }
    if (block.entries().size() > 1) {
      findings.error(
          FlowError.BAD_TRANSFORM,
          cloudEvents.get().place(),
          "'" + CLOUD_EVENTS + "' stands beside parts of a record",
          "Make two transforms of it, in the order in which they are to work.");
      return Optional.empty();
    }
    return new CloudEventsReader(events, findings)
        .read((Mapping) cloudEvents.get().value())
        .map(made -> made);
  }

  private Optional<RecordTransform> parts(Mapping block, Set<RecordPart> parts) {
    Map<RecordPart, Output> outputs = new EnumMap<>(RecordPart.class);
    for (RecordPart part : parts) {
      block
          .get(part.key())
          .filter(Mapping.class::isInstance)
          .flatMap(
              given ->
                  new OutputReader(events.shape(), findings, Slot.of(part), (Mapping) given).read())
          .ifPresent(output -> outputs.put(part, output));
    }
    return outputs.isEmpty() ? Optional.empty() : Optional.of(new RecordTransform(outputs, events));
  }
}
