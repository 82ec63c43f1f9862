package io.sluice.flows.model;

import io.sluice.flows.finding.Redaction;
import io.sluice.flows.pattern.EventPattern;
import io.sluice.flows.transform.TransformChain;
import io.sluice.sdk.connector.SinkDescription;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.error.Location.InFile;
import io.sluice.sdk.record.Record;
import java.util.Optional;

/**
 * What a flow does to a record on the way from source to sink, without the two: the very pattern
 * and transforms that a run uses. Immutable and thread-safe.
 *
 * @param flow name of the flow
 * @param place where it is declared
 * @param source what it reads
 * @param sink what its sink writes
 * @param pattern which records pass; empty when all do
 * @param transforms what is written in their place; empty when they go as they are
 * @param refusal what becomes of a record that the transforms refuse
 * @param redaction puts back what placeholders in pattern and transforms stand for (I9)
 */
public record FlowLogic(
    String flow,
    InFile place,
    SourceDescription source,
    SinkDescription sink,
    Optional<EventPattern> pattern,
    Optional<TransformChain> transforms,
    Refusal refusal,
    Redaction redaction) {

  /** The topic that a record goes to, as the transforms have left it. */
  public String targetTopic(Record made) {
    return sink.topic().equals(SinkDescription.EACH_ITS_OWN) ? made.topic() : sink.topic();
  }
}
