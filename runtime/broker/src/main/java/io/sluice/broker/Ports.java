package io.sluice.broker;

import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import org.apache.rocketmq.common.utils.NetworkUtil;
import org.jspecify.annotations.Nullable;

/** The addresses that a broker binds and announces. */
final class Ports {
  private final String broker;
  private final InetAddress address;

  private Ports(String broker, InetAddress address) {
    this.broker = broker;
    this.address = address;
  }

  /** Ports of an address of this machine. */
  static Ports of(String broker, String bindAddress) {
    try {
      InetAddress address = InetAddress.getByName(bindAddress);
      if (!address.isAnyLocalAddress() && NetworkInterface.getByInetAddress(address) == null) {
        throw unusable(bindAddress, "No interface of this machine has the address", null);
      }
      return new Ports(broker, address);
    } catch (UnknownHostException unknown) {
      throw unusable(bindAddress, "The address is not known", unknown);
    } catch (IOException failure) {
      throw unusable(bindAddress, failure.toString(), failure);
    }
  }

  /**
   * The host under which clients find the broker. One that listens on all interfaces announces the
   * first that is no loopback.
   */
  String announcedHost() {
    if (address.isAnyLocalAddress()) {
      return NetworkUtil.getLocalAddress();
    }
    String host = address.getHostAddress();
    return address instanceof Inet6Address ? "[" + host + "]" : host;
  }

  /** The port itself when it is free, any free one for 0. It is not kept. */
  int free(int port, String purpose) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw inUse(port, purpose, failure);
    }
  }

  private SluiceException inUse(int port, String purpose, IOException failure) {
    String place = address.getHostAddress() + ":" + port;
    // The JDK has one exception for all reasons and tells them by text.
    if (String.valueOf(failure.getMessage()).contains("in use")) {
      return new SluiceException(
          BrokerError.PORT_IN_USE,
          "The %s port of broker %s is in use".formatted(purpose, broker),
          new Location.Named(place),
          BrokerError.PORT_IN_USE.remedy(),
          failure);
    }
    return unusable(place, "The %s port cannot be opened: %s".formatted(purpose, failure), failure);
  }

  private static SluiceException unusable(String place, String message, @Nullable Exception cause) {
    return new SluiceException(
        BrokerError.ADDRESS_UNUSABLE,
        message,
        new Location.Named(place),
        BrokerError.ADDRESS_UNUSABLE.remedy(),
        cause);
  }
}
