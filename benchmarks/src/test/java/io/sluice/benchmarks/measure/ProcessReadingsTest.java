package io.sluice.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessReadingsTest {

  @TempDir Path folder;

  @Test
  void readsThisProcess() {
    ProcessReadings readings = new ProcessReadings(ProcessHandle.current().pid());
    Duration before = readings.cpu();
    long end = System.nanoTime() + Duration.ofMillis(200).toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }

    assertThat(readings.cpu()).isGreaterThan(before);
    assertThat(readings.threads()).isGreaterThan(1);
    assertThat(readings.peakMemory()).isGreaterThan(Runtime.getRuntime().totalMemory() / 100);
  }

  @Test
  void readsTheHeapOfThisProcess() throws Exception {
    assertThat(LiveHeap.of(ProcessHandle.current().pid()))
        .isBetween(1L << 20, Runtime.getRuntime().maxMemory());
  }

  @Test
  void readsWhatTheCollectorWrote() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("gc.log"),
            """
            [0.009s][info][gc] Using G1
            [0.512s][info][gc] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 23M->9M(252M) 3.1ms
            [1.204s][info][gc] GC(1) Pause Young (Normal) (G1 Evacuation Pause) 151M->7M(252M) 2.2ms
            [1.301s][info][gc] GC(2) Concurrent Mark Cycle 6.9ms
            """);

    assertThat(CollectorLog.read(file)).isEqualTo(new CollectorLog(151, 9));
  }
}
