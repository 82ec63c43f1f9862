package io.sluice.rocketmq.route;

/**
 * A server that holds the queues of a broker.
 *
 * @param address {@code host:port}
 * @param role what it is to the broker
 */
public record Replica(String address, Role role) {

  /** What a server is to its broker. */
  public enum Role {
    /** It takes messages, and has all of them. */
    MASTER,

    /** It copies the master, and may lack the last messages, the first ones too. */
    SLAVE
  }

  /** The server that takes messages. */
  public static Replica master(String address) {
    return new Replica(address, Role.MASTER);
  }

  /** A server that copies another. */
  public static Replica slave(String address) {
    return new Replica(address, Role.SLAVE);
  }

  /** Whether it may lack what its master holds. */
  public boolean isSlave() {
    return role == Role.SLAVE;
  }
}
