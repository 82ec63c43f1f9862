package io.sluice.acceptance.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Messages of a source queue that expired before they were read, as the runtime tells of them.
 *
 * @param queue of the source
 * @param position where the flow had to go on
 * @param begin where the queue begins now
 * @param messages how many are between
 */
record Gap(String queue, long position, long begin, long messages) {
  private static final Pattern TEXT =
      Pattern.compile(
          "(\\S+) now begins at offset (\\d+): (\\d+) messages from offset (\\d+) on expired");

  /** All of which a text tells, each once. */
  static List<Gap> in(String text) {
    return TEXT.matcher(text)
        .results()
        .map(
            gap ->
                new Gap(
                    gap.group(1),
                    Long.parseLong(gap.group(4)),
                    Long.parseLong(gap.group(2)),
                    Long.parseLong(gap.group(3))))
        .distinct()
        .toList();
  }

  /** All of which the files in a directory tell. */
  static List<Gap> in(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .flatMap(file -> in(text(file)).stream())
          .distinct()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
