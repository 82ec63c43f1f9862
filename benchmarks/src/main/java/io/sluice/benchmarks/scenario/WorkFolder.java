package io.sluice.benchmarks.scenario;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A new folder, which is gone when it is closed. */
public record WorkFolder(Path path) implements AutoCloseable {

  /** One among the temporary files of the system. */
  public static WorkFolder create() throws IOException {
    return new WorkFolder(Files.createTempDirectory("sluice-benchmarks"));
  }

  /** One inside another. */
  static WorkFolder in(Path parent, String name) throws IOException {
    return new WorkFolder(Files.createTempDirectory(parent, name));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
