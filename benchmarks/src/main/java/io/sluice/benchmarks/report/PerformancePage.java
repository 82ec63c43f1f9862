package io.sluice.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Markdown page with a place for each table: between {@code <!-- begin NAME -->} and {@code <!--
 * end NAME -->}.
 */
public record PerformancePage(Path file) {

  /**
   * Replaces what stands between the two markers of a name.
   *
   * @throws IllegalArgumentException if the page does not have them
   */
  public void replace(String name, String content) throws IOException {
    String page = Files.readString(file);
    String begin = "<!-- begin " + name + " -->\n";
    int from = page.indexOf(begin);
    int to = page.indexOf("<!-- end " + name + " -->");
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "%s has no place for the results of '%s'".formatted(file, name));
    }
    Files.writeString(
        file,
        page.substring(0, from + begin.length()) + "\n" + content + "\n" + page.substring(to));
  }
}
