package io.sluice.rocketmq.diagnosis;

import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Network;
import io.sluice.sdk.instance.Vpc;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The rule of a security group or firewall that lets this machine in at a port. Ports of cloud
 * instances are those of DMS for RocketMQ: user guide, "RocketMQ Network Connection Conditions".
 */
final class InboundRule {
  private InboundRule() {}

  /** The rule in words, and where it belongs. */
  static String text(Instance instance, Place place, String address) {
    String port = address.substring(address.lastIndexOf(':') + 1);
    String network = instance.network().text();
    return "Check that a server listens there. Where a security group or firewall stands before it,"
        + " add a rule: inbound, TCP, port "
        + port
        + ", source "
        + source(instance.network(), address)
        + instance.vpc().map(Vpc::text).map(where -> ", in " + where).orElse("")
        + ". Cloud instances have port "
        + place.cloudPorts(instance.network())
        + " for "
        + network
        + " access to "
        + place.purpose()
        + ".";
  }

  /** How this machine looks from there: behind a router nobody can tell from here. */
  private static String source(Network network, String address) {
    if (network == Network.PUBLIC) {
      return "the public address of this machine";
    }
    int colon = address.lastIndexOf(':');
    // Chooses the way, and sends nothing.
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(
          new InetSocketAddress(
              InetAddress.getByName(address.substring(0, colon)),
              Integer.parseInt(address.substring(colon + 1))));
      return socket.getLocalAddress().getHostAddress() + " (this machine)";
    } catch (IOException | RuntimeException unknown) {
      return "this machine";
    }
  }
}
