package io.sluice.acceptance.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What can happen to the store of a broker that does not run. */
final class BrokerData {
  /** One may be written, and one is made before it is needed. */
  private static final int YOUNGEST_FILES = 3;

  private BrokerData() {}

  /** All is lost: messages, topics, offsets of groups. */
  static void lose(Path store) {
    deleteAll(below(store));
  }

  /** Retention takes all but the last few megabytes: whole files, oldest first. */
  static void expire(Path store) {
    List<Path> files = below(store.resolve("commitlog")).stream().sorted().toList();
    deleteAll(files.subList(0, Math.max(0, files.size() - YOUNGEST_FILES)));
  }

  /** Each file before the directory that holds it. */
  private static List<Path> below(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> !file.equals(directory))
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void deleteAll(List<Path> files) {
    try {
      for (Path file : files) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
