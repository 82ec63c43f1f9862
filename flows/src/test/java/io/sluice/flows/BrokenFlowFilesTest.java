package io.sluice.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each broken file gives exactly the findings of {@code broken/expected.txt}: place, code, message
 * and suggestion.
 */
class BrokenFlowFilesTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("SECRET", "hunter2", "SECRET_PATTERN", "{\"hunter2\":[\"hunter2\"]}");

  @ParameterizedTest
  @MethodSource("files")
  void givesTheExpectedFindings(Path file) throws IOException {
    String name = file.getFileName().toString();

    assertThat(findings(file)).isEqualTo(expected().get(name));
  }

  @Test
  void thereAreFindingsForEachFileAndAFileForEachFinding() throws IOException {
    assertThat(expected().keySet())
        .containsExactlyInAnyOrderElementsOf(
            files().map(file -> file.getFileName().toString()).toList())
        .hasSizeGreaterThanOrEqualTo(50);
  }

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Loading.resource("broken"))) {
      return files.filter(file -> !file.endsWith("expected.txt")).sorted().toList().stream();
    }
  }

  private static String findings(Path file) {
    return Loading.load(ENVIRONMENT, file).findings().stream()
        .map(
            finding ->
                "%d:%d %s %s%n    %s%n    %s"
                    .formatted(
                        finding.location().line(),
                        finding.location().column(),
                        finding.severity(),
                        finding.code().id(),
                        finding.message(),
                        finding.suggestion()))
        .collect(Collectors.joining("\n"));
  }

  /** The blocks of the table, by file: a line with its name, then its findings. */
  private static Map<String, String> expected() throws IOException {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    List<String> block = new ArrayList<>();
    for (String line : Files.readAllLines(Loading.resource("broken").resolve("expected.txt"))) {
      if (line.startsWith("# ")) {
        block = lines.computeIfAbsent(line.substring(2), file -> new ArrayList<>());
      } else if (!line.isEmpty()) {
        block.add(line);
      }
    }
    Map<String, String> expected = new LinkedHashMap<>();
    lines.forEach((file, found) -> expected.put(file, String.join("\n", found)));
    return expected;
  }
}
