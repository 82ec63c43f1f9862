package io.sluice.flows.check;

import io.sluice.flows.FlowError;
import io.sluice.flows.binding.BoundBroker;
import io.sluice.flows.binding.Mention;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.error.Location.InFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brokers do not get in each other's way: each has ports and a data directory of its own. */
public final class BrokerCheck {
  private static final String EVERY_ADDRESS = "0.0.0.0";

  private final Findings findings;

  public BrokerCheck(Findings findings) {
    this.findings = findings;
  }

  public void check(List<BoundBroker> brokers) {
    checkPorts(brokers);
    checkDataDirectories(brokers);
  }

  private void checkPorts(List<BoundBroker> brokers) {
    List<Listener> taken = new ArrayList<>();
    for (BoundBroker broker : brokers) {
      for (Listener listener : listeners(broker)) {
        taken.stream()
            .filter(listener::clashesWith)
            .findFirst()
            .ifPresent(
                other ->
                    findings.error(
                        FlowError.PORT_USED_TWICE,
                        listener.place(),
                        "port "
                            + listener.port()
                            + " is taken by the "
                            + other.role()
                            + " listener of broker '"
                            + other.broker().shown()
                            + "'",
                        FlowError.PORT_USED_TWICE.remedy()));
        taken.add(listener);
      }
    }
  }

  private static List<Listener> listeners(BoundBroker broker) {
    String address = broker.spec().bindAddress();
    return List.of(
        new Listener(
            broker.name(),
            "metadata",
            address,
            broker.spec().metadataPort(),
            broker.metadataPort()),
        new Listener(
            broker.name(), "service", address, broker.spec().servicePort(), broker.servicePort()));
  }

  private void checkDataDirectories(List<BoundBroker> brokers) {
    Map<Path, BoundBroker> taken = new HashMap<>();
    for (BoundBroker broker : brokers) {
      broker
          .spec()
          .dataDir()
          .map(directory -> taken.putIfAbsent(directory, broker))
          .ifPresent(
              other ->
                  findings.error(
                      FlowError.DATA_DIRECTORY_USED_TWICE,
                      broker.dataDir(),
                      "the data directory is that of broker '" + other.name().shown() + "' as well",
                      FlowError.DATA_DIRECTORY_USED_TWICE.remedy()));
    }
  }

  private record Listener(Mention broker, String role, String address, int port, InFile place) {
    boolean clashesWith(Listener other) {
      boolean sameAddress =
          address.equals(other.address)
              || address.equals(EVERY_ADDRESS)
              || other.address.equals(EVERY_ADDRESS);
      return port != 0 && port == other.port && sameAddress;
    }
  }
}
