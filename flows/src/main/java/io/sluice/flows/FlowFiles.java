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
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds the files of the given paths: files as they are, folders by the names of their files. */
final class FlowFiles {
  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");
  private static final String TEST = "_test";

  private final Findings findings;

  FlowFiles(Findings findings) {
    this.findings = findings;
  }

  /** In the order of the paths, within folders by name; none twice. Tests only if named. */
  List<Path> find(List<Path> paths) {
    return find(
        paths,
        path -> inFolder(path).stream().filter(file -> stem(file).equals(tested(file))).toList(),
        file -> List.of(file));
  }

  /** The same with the tests beside each flow, and the flow beside each test. */
  List<Path> findWithTests(List<Path> paths) {
    return find(paths, this::inFolder, FlowFiles::family);
  }

  private List<Path> find(
      List<Path> paths, Function<Path, List<Path>> ofFolder, Function<Path, List<Path>> ofFile) {
    List<Path> files = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (Path path : paths) {
      for (Path file : find(path, ofFolder, ofFile)) {
        if (seen.add(file.toAbsolutePath().normalize())) {
          files.add(file);
        }
      }
    }
    return files;
  }

  private List<Path> find(
      Path path, Function<Path, List<Path>> ofFolder, Function<Path, List<Path>> ofFile) {
    InFile place = new InFile(path.toString(), 1, 1);
    if (!Files.exists(path)) {
      findings.error(FlowError.MISSING_PATH, place, "no such file or folder");
      return List.of();
    }
    return Files.isDirectory(path) ? ofFolder.apply(path) : ofFile.apply(path);
  }

  private List<Path> inFolder(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(FlowFiles::isFlowFile).sorted().toList();
    } catch (IOException e) {
      findings.error(
          FlowError.UNREADABLE_FILE,
          new InFile(folder.toString(), 1, 1),
          "the folder cannot be read");
      return List.of();
    }
  }

  /** The file, and those beside it that hold the flow of these tests or the tests of this flow. */
  private static List<Path> family(Path file) {
    String stem = tested(file);
    return Stream.concat(
            Stream.of(file),
            Stream.of(stem, stem + TEST)
                .flatMap(name -> ENDINGS.stream().map(ending -> file.resolveSibling(name + ending)))
                .filter(sibling -> Files.isRegularFile(sibling) && !sibling.equals(file)))
        .toList();
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** The stem of the file whose flows this one tests: its own if it holds no tests. */
  private static String tested(Path file) {
    String stem = stem(file);
    return stem.endsWith(TEST) ? stem.substring(0, stem.length() - TEST.length()) : stem;
  }

  private static boolean isFlowFile(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith) && Files.isRegularFile(path);
  }
}
