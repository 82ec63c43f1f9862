package io.sluice.rocketmq.client;

/**
 * One of the connections to an address, which follow each other when they break.
 *
 * @param address {@code host:port}
 * @param number how many before it are known to be broken
 */
public record Connection(String address, long number) {}
