package io.sluice.flows.event;

import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.finding.KnownNames;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.connector.EventForm;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.record.DetachedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads the record that an author writes down: as a message, by its parts, or as the event that
 * patterns see of it. Every problem is reported.
 */
public final class EventReader {
  private static final String UNIQUE_KEY = "UNIQ_KEY";
  private static final String TAGS = "tags";
  private static final String KEYS = "keys";
  private static final String SHARDING_KEY = "shardingKey";
  private static final String PROPERTIES = "properties";
  private static final String BODY_BASE64 = "bodyBase64";
  private static final String FLAG = "flag";

  private static final List<String> OF_MESSAGES =
      List.of(
          EventShape.TOPIC,
          TAGS,
          KEYS,
          SHARDING_KEY,
          PROPERTIES,
          EventShape.SYSTEM_PROPERTIES,
          EventShape.BODY,
          BODY_BASE64);

  private final SourceDescription source;
  private final Findings findings;
  private final EventValues values;

  /**
   * @param source where the record is to come from
   */
  public EventReader(SourceDescription source, Findings findings) {
    this.source = source;
    this.findings = findings;
    this.values = new EventValues(findings);
  }

  /** The record; empty if something is wrong with it. */
  public Optional<DetachedRecord> read(Mapping block) {
    int before = findings.errors();
    if (source.eventForm() == EventForm.CARRIED && CarriedEventReader.isEvent(block)) {
      Optional<DetachedRecord> carrier = new CarriedEventReader(source, values).read(block);
      return findings.errors() > before ? Optional.empty() : carrier;
    }
    Optional<Node> data = block.get(EventShape.DATA);
    checkKeys(block, data.isPresent());
    DetachedRecord.Builder record =
        DetachedRecord.builder(topic(data.orElse(block)), new Position(0));
    values.text(block, EventShape.ID).ifPresent(id -> record.systemProperty(UNIQUE_KEY, id));
    values.time(block, EventShape.TIME).ifPresent(time -> record.bornAt(time.toInstant()));
    values.number(block, FLAG).ifPresent(record::flag);
    if (data.isPresent()) {
      event(data.get(), record);
    } else {
      message(block, record);
    }
    DetachedRecord made = record.build();
    warnOfOtherAttributes(block, made);
    return findings.errors() > before ? Optional.empty() : Optional.of(made);
  }

  private String topic(Node block) {
    return block instanceof Mapping mapping
        ? values.text(mapping, EventShape.TOPIC).orElse(source.topic())
        : source.topic();
  }

  private void event(Node data, DetachedRecord.Builder record) {
    if (!(data instanceof Mapping parts)) {
      values.bad(data, "'data' is " + data.kindInWords(), "Write data: { body: … }.");
      return;
    }
    for (Entry entry : parts.entries()) {
      EventShape.MESSAGE
          .correction(List.of(EventShape.DATA, entry.key()))
          .ifPresent(
              correction ->
                  findings.error(
                      FlowError.BAD_EVENT,
                      entry.place(),
                      "an event's data has no '" + entry.key() + "'",
                      correction));
    }
    values.properties(parts, EventShape.SYSTEM_PROPERTIES, record::systemProperty);
    values.properties(parts, EventShape.USER_PROPERTIES, record::userProperty);
    EventValues.given(parts, EventShape.BODY)
        .ifPresent(body -> record.body(EventValues.bytes(body)));
  }

  private void message(Mapping block, DetachedRecord.Builder record) {
    values.properties(block, EventShape.SYSTEM_PROPERTIES, record::systemProperty);
    values.properties(block, PROPERTIES, record::userProperty);
    values.text(block, TAGS).filter(given()).ifPresent(record::tag);
    values.text(block, KEYS).filter(given()).ifPresent(record::keys);
    values
        .text(block, SHARDING_KEY)
        .filter(given())
        .ifPresent(key -> record.systemProperty("__SHARDINGKEY", key));
    Optional<Node> body = EventValues.given(block, EventShape.BODY);
    Optional<Node> encoded = EventValues.given(block, BODY_BASE64);
    if (body.isPresent() && encoded.isPresent()) {
      values.bad(encoded.get(), "there is a body beside 'bodyBase64'", "Give one of the two.");
    }
    body.ifPresent(given -> record.body(EventValues.bytes(given)));
    values.base64(block, BODY_BASE64).ifPresent(record::body);
  }

  private static Predicate<String> given() {
    return text -> !text.isEmpty();
  }

  private void checkKeys(Mapping block, boolean isEvent) {
    List<String> known = new ArrayList<>(EventShape.ATTRIBUTES);
    known.add(EventShape.DATA);
    known.add(FLAG);
    known.addAll(OF_MESSAGES);
    KnownNames names = new KnownNames(known);
    for (Entry entry : block.entries()) {
      if (!names.contains(entry.key())) {
        unknown(entry, "neither messages nor events have '" + entry.key() + "'", names);
      } else if (isEvent && OF_MESSAGES.contains(entry.key())) {
        values.bad(
            entry.value(),
            "'" + entry.key() + "' stands beside 'data', which holds the message already",
            "Move it into 'data', or write the message without 'data'.");
      }
    }
  }

  /** What the flow's source says about all of its events cannot be otherwise for one of them. */
  private void warnOfOtherAttributes(Mapping block, DetachedRecord record) {
    EventAttributes attributes = new EventAttributes(source);
    for (String name :
        List.of(
            EventShape.SOURCE,
            EventShape.TYPE,
            EventShape.SUBJECT,
            EventShape.SPEC_VERSION,
            EventShape.CONTENT_TYPE)) {
      String actual = attributes.of(name, record);
      if (values.text(block, name).filter(given -> !given.equals(actual)).isPresent()) {
        findings.warning(
            FlowError.BAD_EVENT,
            block.get(name).orElseThrow().place(),
            "events of this flow have '" + actual + "' for '" + name + "'",
            "Leave it out: patterns see what the flow's events have.");
      }
    }
  }

  private void unknown(Entry entry, String message, KnownNames known) {
    findings.error(
        FlowError.BAD_EVENT,
        entry.place(),
        message,
        known.suggestion(entry.key(), "Known keys here"));
  }
}
