package io.sluice.flows;

import io.sluice.flows.finding.Findings;
import io.sluice.sdk.error.Location.InFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the files of the given paths: files as they are, folders by the names of their files. */
final class FlowFiles {
  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

  private final Findings findings;

  FlowFiles(Findings findings) {
    this.findings = findings;
  }

  /** In the order of the paths, within folders by name; none twice. */
  List<Path> find(List<Path> paths) {
    List<Path> files = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (Path path : paths) {
      for (Path file : find(path)) {
        if (seen.add(file.toAbsolutePath().normalize())) {
          files.add(file);
        }
      }
    }
    return files;
  }

  private List<Path> find(Path path) {
    InFile place = new InFile(path.toString(), 1, 1);
    if (!Files.exists(path)) {
      findings.error(FlowError.MISSING_PATH, place, "no such file or folder");
      return List.of();
    }
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.filter(FlowFiles::isFlowFile).sorted().toList();
    } catch (IOException e) {
      findings.error(FlowError.UNREADABLE_FILE, place, "the folder cannot be read");
      return List.of();
    }
  }

  private static boolean isFlowFile(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith) && Files.isRegularFile(path);
  }
}
