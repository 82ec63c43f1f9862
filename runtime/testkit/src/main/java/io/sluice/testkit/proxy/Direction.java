package io.sluice.testkit.proxy;

/** One of the two ways through a proxy. */
public enum Direction {
  /** From the clients to the servers: requests. */
  TO_SERVERS,
  /** From the servers to the clients: answers. */
  TO_CLIENTS
}
