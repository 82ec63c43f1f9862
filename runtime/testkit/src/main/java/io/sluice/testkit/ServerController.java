package io.sluice.testkit;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The controller of 5.x, which elects the master among brokers of one name. It runs within the name
 * server, alone: there must be one name server.
 *
 * @param port where it listens, if there is one
 */
record ServerController(Optional<Integer> port) {
  /** Without this a DLedger log takes a gigabyte at once. */
  private static final int LOG_BYTES = 8 << 20;

  static ServerController none() {
    return new ServerController(Optional.empty());
  }

  static ServerController withinNameServer() {
    return new ServerController(Optional.of(FreePorts.one()));
  }

  boolean isThere() {
    return port.isPresent();
  }

  /** Where it listens; there must be one. */
  String address() {
    return "127.0.0.1:" + port.orElseThrow();
  }

  Map<String, String> nameServerProperties(Path directory) {
    return port.map(
            number ->
                Map.of(
                    "enableControllerInNamesrv",
                    "true",
                    "controllerDLegerGroup",
                    "controllers",
                    "controllerDLegerPeers",
                    "n0-" + address(),
                    "controllerDLegerSelfId",
                    "n0",
                    "controllerStorePath",
                    directory.resolve("controller").toString(),
                    "mappedFileSize",
                    Integer.toString(LOG_BYTES)))
        .orElse(Map.of());
  }

  /** What brokers need besides their own properties. */
  Map<String, String> brokerProperties(Map<String, String> own) {
    Map<String, String> properties = new HashMap<>();
    port.ifPresent(
        number -> {
          properties.put("enableControllerMode", "true");
          properties.put("controllerAddr", address());
          properties.put("brokerId", "-1");
          properties.put("brokerRole", "SLAVE");
        });
    properties.putAll(own);
    return properties;
  }
}
