package io.sluice.rocketmq.diagnosis;

import io.sluice.sdk.instance.Network;
import java.util.List;

/**
 * The kinds of server that clients talk to, by remoting the first two and by gRPC the last, with
 * the ports that clouds give them.
 */
enum Place {
  NAME_SERVERS("metadata port", "metadata", "8100", "8200"),
  BROKERS("service port", "service nodes", "10100-10199", "10101-10199"),
  PROXIES("gRPC port", "gRPC", "8080", "8081");

  private final String port;
  private final String purpose;
  private final String privatePorts;
  private final String publicPorts;

  Place(String port, String purpose, String privatePorts, String publicPorts) {
    this.port = port;
    this.purpose = purpose;
    this.privatePorts = privatePorts;
    this.publicPorts = publicPorts;
  }

  /** What their port is called: the name of the check that it opens. */
  String port() {
    return port;
  }

  /** The name of the check of their access mode. */
  String access() {
    return port.replace("port", "access");
  }

  /** The name of the check of their certificates. */
  String certificate() {
    return port.replace("port", "certificate");
  }

  /** The names of the checks after which they are known to answer. */
  List<String> answering() {
    return List.of(port(), access(), certificate());
  }

  /** What cloud instances use the port for. */
  String purpose() {
    return purpose;
  }

  /** The ports that cloud instances have for it. */
  String cloudPorts(Network network) {
    return network == Network.PUBLIC ? publicPorts : privatePorts;
  }
}
