package io.sluice.cli;

import io.sluice.sdk.connector.Connector;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The connectors on the class path. */
public final class Connectors {
  private Connectors() {}

  /** All of them, by name. */
  public static List<Connector> all() {
    return ServiceLoader.load(Connector.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(Connector::name))
        .toList();
  }
}
