package io.sluice.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The class path of a released RocketMQ, which the build wrote into a module beside this one. */
final class ServerClassPath {

  private ServerClassPath() {}

  /** The servers of this version, and {@link Leash}. */
  static String of(String version) {
    Path code = codeLocation();
    // Either target/classes or a jar in target.
    Path file =
        code.getParent()
            .resolveSibling("servers")
            .resolve(version)
            .resolve("target")
            .resolve("classpath.txt");
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(
          "No class path of RocketMQ %s at %s: run Maven with -am, so that it is written"
              .formatted(version, file));
    }
    try {
      return Files.readString(file).strip() + File.pathSeparator + code;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path codeLocation() {
    try {
      return Path.of(
          ServerClassPath.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
