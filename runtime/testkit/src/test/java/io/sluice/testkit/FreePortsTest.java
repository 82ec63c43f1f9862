package io.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  /** So many that two of them would certainly be the same by chance. */
  private static final int MANY = 500;

  @Test
  void givesAPortOnlyOnceAndNoneOfABrokersNeighbours() {
    Set<Integer> given = new HashSet<>();
    for (int time = 0; time < MANY / 2; time++) {
      assertThat(given.add(FreePorts.one())).isTrue();
      int broker = FreePorts.ofBroker();
      for (int port = broker - 2; port <= broker + 1; port++) {
        assertThat(given.add(port)).isTrue();
      }
    }
  }

  @Test
  void givesNoPortThatAnotherJvmHas() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = other.inputReader(StandardCharsets.UTF_8)) {
      List<Integer> there = Stream.of(lines.readLine().split(" ")).map(Integer::valueOf).toList();
      List<Integer> here = IntStream.range(0, MANY).mapToObj(time -> FreePorts.one()).toList();

      assertThat(there).hasSize(MANY).doesNotContainAnyElementsOf(here);
    } finally {
      other.destroy();
      other.waitFor();
    }
  }

  /** Takes ports and keeps them until it is ended. */
  static final class Other {
    private Other() {}

    public static void main(String[] arguments) throws IOException {
      StringBuilder ports = new StringBuilder();
      for (int time = 0; time < MANY; time++) {
        ports.append(FreePorts.one()).append(' ');
      }
      System.out.println(ports);
      System.in.read();
    }
  }
}
