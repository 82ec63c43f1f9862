package io.sluice.flows.model;

import io.sluice.sdk.record.Record;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which records are left out as repetitions of earlier ones: {@code idempotence}.
 *
 * @param key of a record as the source gives it, on views valid during the call; empty if it has
 *     none. Thread-safe.
 * @param window how long a key is remembered
 */
public record Idempotence(Function<Record, Optional<String>> key, Duration window) {}
