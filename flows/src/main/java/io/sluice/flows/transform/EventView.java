package io.sluice.flows.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sluice.flows.event.WholeEvent;
import io.sluice.sdk.record.Record;

/** Events of records, as much of them as is looked at. Immutable. */
record EventView(WholeEvent events, Reads reads) {

  JsonNode of(Record record) {
    return switch (reads) {
      case NOTHING -> MissingNode.getInstance();
      case ALL_BUT_BODY -> events.withoutBody(record);
      case EVERYTHING -> events.of(record);
    };
  }
}
