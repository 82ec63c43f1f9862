package io.sluice.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The class path of a released server, which the build wrote into a module beside this one. */
final class ServerClassPath {

  private ServerClassPath() {}

  /**
   * The servers of a module, and {@link Leash}.
   *
   * @param module a version of RocketMQ, or the name of another server
   */
  static String of(String module) {
    return libraries(module) + File.pathSeparator + codeLocation();
  }

  /** RocketMQ's gRPC client, and the program that uses it. */
  static String ofGrpcClient() {
    String module = "grpc-client";
    return libraries(module) + File.pathSeparator + target(module).resolve("classes");
  }

  private static String libraries(String module) {
    Path file = target(module).resolve("classpath.txt");
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(
          "No class path of %s at %s: run Maven with -am, so that it is written"
              .formatted(module, file));
    }
    try {
      return Files.readString(file).strip();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path target(String module) {
    // Either target/classes or a jar in target.
    return codeLocation().getParent().resolveSibling("servers").resolve(module).resolve("target");
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
