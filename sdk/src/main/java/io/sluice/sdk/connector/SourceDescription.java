package io.sluice.sdk.connector;

import java.util.Optional;

/**
 * What a source reads, as far as checks across flows and event envelopes need it.
 *
 * @param instance name of the instance, if it reads one
 * @param topic what it reads there
 * @param group consumer group whose offsets it commits, if it has one
 * @param eventSource {@code source} of its events' envelopes, such as {@code acs:mq}
 * @param eventType {@code type} of its events' envelopes, such as {@code mq:Topic:SendMessage}
 * @param eventForm what the event of a record is
 */
public record SourceDescription(
    Optional<String> instance,
    String topic,
    Optional<String> group,
    String eventSource,
    String eventType,
    EventForm eventForm) {

  /** Every record's event is the envelope of a message. */
  public SourceDescription(
      Optional<String> instance,
      String topic,
      Optional<String> group,
      String eventSource,
      String eventType) {
    this(instance, topic, group, eventSource, eventType, EventForm.MESSAGE);
  }

  /** The same; a record that carries a CloudEvent is seen as that event. */
  public SourceDescription carryingEvents() {
    return new SourceDescription(instance, topic, group, eventSource, eventType, EventForm.CARRIED);
  }
}
