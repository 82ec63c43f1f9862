package io.sluice.flows.model;

import io.sluice.sdk.record.Record;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which records stay in order while others pass one that is tried again: {@code ordering}.
 *
 * @param key of a record as the source gives it, on views valid during the call; empty if it is in
 *     order with none. Thread-safe.
 */
public record Ordering(Function<Record, Optional<String>> key) {}
