package io.sluice.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a JVM wrote with {@code -Xlog:gc}: the heap's use around each collection.
 *
 * @param peak the most that was in use before a collection, in MiB
 * @param peakAfterCollection the most that was left by one, in MiB
 */
public record CollectorLog(long peak, long peakAfterCollection) {
  private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)");

  public static CollectorLog read(Path file) throws IOException {
    List<MatchResult> collections = COLLECTION.matcher(Files.readString(file)).results().toList();
    return new CollectorLog(peak(collections, 1), peak(collections, 2));
  }

  private static long peak(List<MatchResult> collections, int group) {
    return collections.stream()
        .mapToLong(collection -> Long.parseLong(collection.group(group)))
        .max()
        .orElse(0);
  }
}
