package io.sluice.flows.transform;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.event.EventShape;
import io.sluice.flows.event.WholeEvent;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.Record;
import java.util.Optional;
import java.util.function.Function;

/** The text that stands at a JSONPath in the events of records. Immutable and thread-safe. */
public final class EventKey implements Function<Record, Optional<String>> {
  private final EventPath path;
  private final WholeEvent events;

  private EventKey(EventPath path, WholeEvent events) {
    this.path = path;
    this.events = events;
  }

  /** The key at a path; empty, and reported, if that cannot be understood. */
  public static Optional<EventKey> read(Scalar path, SourceDescription source, Findings findings) {
    return new VariablesReader(EventShape.of(source), findings)
        .path(path)
        .map(understood -> new EventKey(understood, new WholeEvent(source)));
  }

  /** What stands there as text; empty if nothing does, or it cannot be evaluated. */
  @Override
  public Optional<String> apply(Record record) {
    JsonNode event =
        path.reads() == Reads.EVERYTHING ? events.of(record) : events.withoutBody(record);
    try {
      return Optional.of(Texts.of(path.in(event))).filter(text -> !text.isEmpty());
    } catch (SluiceException unfit) {
      return Optional.empty();
    }
  }
}
