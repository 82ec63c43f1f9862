package io.sluice.flows.model;

import java.time.Duration;

/**
 * How records of a partition are collected before they are written: {@code batchWindow}.
 *
 * @param count the most that are written together, and how many end the waiting; at least 1
 * @param time how long the first one waits for others; zero for not at all
 */
public record BatchWindow(int count, Duration time) {}
