package io.sluice.engine;

import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The instances of an engine, which may be replaced while it runs. The secrets of those that have
 * been replaced stay hidden: errors may still tell them. Thread-safe.
 */
final class Instances {
  private final List<Instance> ever = new ArrayList<>();
  private volatile Map<String, Instance> current = Map.of();
  private volatile Redactor redactor = new Redactor(List.of());

  Instances(Map<String, Instance> first) {
    replace(first);
  }

  synchronized void replace(Map<String, Instance> instances) {
    instances.values().stream().filter(one -> !ever.contains(one)).forEach(ever::add);
    redactor = new Redactor(ever); // before anybody can use their secrets
    current = Map.copyOf(instances);
  }

  /** Those of the moment, by name. */
  Map<String, Instance> current() {
    return current;
  }

  /** The error without any secret that an instance has or had. */
  SluiceException redact(SluiceException error) {
    return redactor.redact(error);
  }
}
