package io.sluice.testkit.proxy;

import io.sluice.testkit.FreePorts;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy between clients and one RocketMQ instance, on free ports of 127.0.0.1. Clients that
 * use its {@link #nameServer()} reach the instance through it alone: it shows each broker under an
 * address of its own. Servers among themselves do not use it.
 *
 * <p>{@link #latency} and {@link #bandwidth} say how the network is; they hold until they are
 * changed. All else is a fault and lasts until {@link #heal()}. Both concern the name server and
 * the brokers, and connections that exist as well as later ones. The set-up of a connection is not
 * delayed. What is on the way is kept in memory, up to 64 MB for each connection and direction;
 * then the sender has to wait.
 *
 * <p>Thread-safe. Each method returns when what it says is so. One thread moves all bytes.
 */
public final class FaultProxy implements AutoCloseable {
  private final Crossing crossing = new Crossing();
  private final Map<String, Listener> brokers = new ConcurrentHashMap<>();
  private final Listener nameServer;

  private FaultProxy(String nameServerAddress) {
    RouteAnswers answers = new RouteAnswers(this::broker);
    nameServer =
        crossing.listen(
            FreePorts.one(),
            address(nameServerAddress),
            (client, server) -> NameServerFrames.watch(client, server, answers));
  }

  /**
   * A proxy without faults.
   *
   * @param nameServerAddress of the instance, {@code host:port}; it need not run yet
   */
  public static FaultProxy before(String nameServerAddress) {
    return new FaultProxy(nameServerAddress);
  }

  /** The address of the name server for clients, {@code 127.0.0.1:port}. */
  public String nameServer() {
    return nameServer.address();
  }

  /** The address of a broker for clients; both are {@code host:port}. */
  public String broker(String address) {
    return brokers
        .computeIfAbsent(
            address,
            broker -> crossing.listen(FreePorts.one(), address(broker), (client, server) -> {}))
        .address();
  }

  /** Delays bytes in each direction, and with them the end of a connection. */
  public synchronized void latency(Duration oneWay) {
    crossing.change(link -> link.latency(oneWay), connection -> {});
  }

  /** Limits each direction; all connections share it, and senders have to wait. */
  public synchronized void bandwidth(long bytesPerSecond) {
    if (bytesPerSecond <= 0) {
      throw new IllegalArgumentException("no bandwidth: " + bytesPerSecond);
    }
    crossing.change(link -> link.bandwidth(bytesPerSecond), connection -> {});
  }

  /** Lifts the limit. */
  public synchronized void unlimitedBandwidth() {
    crossing.change(link -> link.bandwidth(Link.UNLIMITED), connection -> {});
  }

  /** Breaks all connections and refuses new ones. */
  public synchronized void cut() {
    crossing.change(Link::cut, Connection::reset);
    nameServer.shut();
    brokers.values().forEach(Listener::shut);
  }

  /**
   * Stops one direction as a network does that loses every packet: connections stay open, bytes are
   * taken and arrive after the healing.
   */
  public synchronized void stall(Direction direction) {
    crossing.change(link -> link.stall(direction), connection -> {});
  }

  /**
   * Loses what servers answer: requests reach them, and nobody learns what became of them. The
   * healing breaks connections that have lost something.
   */
  public synchronized void dropAnswers() {
    crossing.change(Link::loseAnswers, connection -> {});
  }

  /** Lets each connection pass so many bytes, then closes it, be it amid a frame. */
  public synchronized void closeAfter(Direction direction, long bytes) {
    crossing.change(
        link -> link.allow(direction, bytes),
        connection -> connection.lane(direction).allow(bytes));
  }

  /** Ends every fault. What was stalled arrives. */
  public synchronized void heal() {
    crossing.change(Link::heal, Connection::heal);
    nameServer.open();
    brokers.values().forEach(Listener::open);
  }

  /** Breaks all connections and gives the ports back. */
  @Override
  public synchronized void close() {
    cut();
    nameServer.close();
    brokers.values().forEach(Listener::close);
    crossing.close();
  }

  private static InetSocketAddress address(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    return new InetSocketAddress(
        hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
  }
}
