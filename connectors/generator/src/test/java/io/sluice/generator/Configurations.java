package io.sluice.generator;

import io.sluice.generator.GeneratorConfiguration.OnRestart;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configurations that differ from the defaults in one thing. */
final class Configurations {
  private Configurations() {}

  static GeneratorConfiguration endless() {
    return with(Optional.empty(), Optional.empty(), OnRestart.RESUME);
  }

  static GeneratorConfiguration count(long count) {
    return with(Optional.of(count), Optional.empty(), OnRestart.RESUME);
  }

  static GeneratorConfiguration rate(double rate) {
    return with(Optional.empty(), Optional.of(rate), OnRestart.RESUME);
  }

  static GeneratorConfiguration repeating(long count) {
    return with(Optional.of(count), Optional.empty(), OnRestart.REPEAT);
  }

  /** Records of which every other one, by chance, is much larger. */
  static GeneratorConfiguration uneven() {
    String body = "#{choice:|" + "x".repeat(1000) + "}";
    return with(Optional.empty(), Optional.empty(), OnRestart.RESUME, body);
  }

  private static GeneratorConfiguration with(
      Optional<Long> count, Optional<Double> rate, OnRestart onRestart) {
    return with(count, rate, onRestart, "body #{sequence}");
  }

  private static GeneratorConfiguration with(
      Optional<Long> count, Optional<Double> rate, OnRestart onRestart, String body) {
    return new GeneratorConfiguration(
        count,
        rate,
        4,
        List.of(),
        Optional.of("#{sequence}"),
        Optional.of(body),
        Optional.empty(),
        Map.of(),
        "generated",
        1,
        onRestart);
  }
}
