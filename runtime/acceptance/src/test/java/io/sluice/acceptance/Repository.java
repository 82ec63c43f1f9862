package io.sluice.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of the repository that tests look at. */
public final class Repository {
  private Repository() {}

  /** The folder that holds the launcher. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("not inside the repository");
    }
    return folder;
  }

  /** README and documentation, without the generated reference. */
  static List<Path> pages() {
    try (Stream<Path> docs = Files.walk(root().resolve("docs"))) {
      return Stream.concat(
              Stream.of(root().resolve("README.md"), root().resolve("CONTRIBUTING.md")),
              docs.filter(file -> file.toString().endsWith(".md")))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
