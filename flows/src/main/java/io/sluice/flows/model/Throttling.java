package io.sluice.flows.model;

import java.util.OptionalLong;

/**
 * The most that a flow writes: {@code throttling}. One of the two at least is given, each at least
 * 1.
 */
public record Throttling(OptionalLong recordsPerSecond, OptionalLong bytesPerSecond) {}
