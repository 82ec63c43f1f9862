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
 */
public record SourceDescription(
    Optional<String> instance,
    String topic,
    Optional<String> group,
    String eventSource,
    String eventType) {}
