package io.sluice.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * Versions as the build wrote them down.
 *
 * @param sluice version of Sluice
 * @param rocketmq version of the integrated RocketMQ
 * @param camel version of Apache Camel
 */
record Versions(String sluice, String rocketmq, String camel) {

  static Versions load() {
    Properties properties = new Properties();
    try (InputStream file = Versions.class.getResourceAsStream("versions.properties")) {
      properties.load(Objects.requireNonNull(file, "versions.properties"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Versions(
        properties.getProperty("sluice"),
        properties.getProperty("rocketmq"),
        properties.getProperty("camel"));
  }

  /** For people, with the Java that runs it. */
  String line() {
    return "sluice %s (RocketMQ %s, Camel %s, Java %s)"
        .formatted(sluice, rocketmq, camel, Runtime.version());
  }
}
