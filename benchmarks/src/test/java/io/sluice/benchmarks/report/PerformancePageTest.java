package io.sluice.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformancePageTest {
  private static final String BEFORE =
      """
      # Page

      <!-- begin sizes -->
      <!-- end sizes -->

      <!-- begin latency -->
      old
      <!-- end latency -->
      """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("page.md"), BEFORE);
  }

  @Test
  void replacesOnePlaceAgainAndAgain() throws IOException {
    new PerformancePage(file).replace("latency", "first\n");
    new PerformancePage(file).replace("latency", "second\n");

    assertThat(file).hasContent(BEFORE.replace("old\n", "\nsecond\n\n"));
  }

  @Test
  void refusesAPageWithoutThePlace() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PerformancePage(file).replace("queues", "table\n"))
        .withMessageContaining("'queues'");
    assertThat(file).hasContent(BEFORE);
  }
}
