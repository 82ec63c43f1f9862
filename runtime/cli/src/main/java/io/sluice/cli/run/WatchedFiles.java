package io.sluice.cli.run;

import io.sluice.flows.LoadedFlows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Flow files that are read again when they have changed. They are looked at rather than listened
 * to: what mounts files into containers swaps links, and file systems across a network tell of
 * nothing.
 *
 * <p>A change counts once the files are the same at two looks, so that nobody reads a file half
 * written.
 */
public final class WatchedFiles implements Edits {
  private final List<Path> paths;
  private final Supplier<LoadedFlows> loader;
  private Map<Path, Trace> read;
  private Map<Path, Trace> last;

  /**
   * Files as they are now, which are known already.
   *
   * @param paths files and folders; of a folder all files count, not only flow files, and none in
   *     folders below it
   * @param loader reads them
   */
  public WatchedFiles(List<Path> paths, Supplier<LoadedFlows> loader) {
    this.paths = List.copyOf(paths);
    this.loader = loader;
    this.read = look();
    this.last = read;
  }

  @Override
  public Optional<LoadedFlows> next() {
    Map<Path, Trace> now = look();
    boolean settled = now.equals(last);
    last = now;
    if (!settled || now.equals(read)) {
      return Optional.empty();
    }
    read = now;
    return Optional.of(loader.get());
  }

  private Map<Path, Trace> look() {
    Map<Path, Trace> traces = new TreeMap<>();
    for (Path path : paths) {
      try (Stream<Path> files = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
        files.forEach(file -> Trace.of(file).ifPresent(trace -> traces.put(file, trace)));
      } catch (IOException e) {
        // As good as gone: the loader will say so.
      }
    }
    return traces;
  }

  /** What of a file changes when it is written. */
  private record Trace(long size, FileTime modified, Optional<Object> key) {
    static Optional<Trace> of(Path file) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return now.isRegularFile()
            ? Optional.of(
                new Trace(now.size(), now.lastModifiedTime(), Optional.ofNullable(now.fileKey())))
            : Optional.empty();
      } catch (IOException e) {
        return Optional.empty();
      }
    }
  }
}
