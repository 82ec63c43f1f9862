package io.sluice.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with random damage give findings, never exceptions, and never show what is secret. */
class MutatedFlowFilesTest {
  private static final int MUTANTS = 400;
  private static final List<String> SCRAPS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ": ",
          "- ",
          "\"",
          "'",
          "*",
          "&a ",
          "*a",
          "!x ",
          "${env:SECRET}",
          "${",
          "}",
          "---\n",
          "...\n",
          "\n",
          "\t",
          "  ",
          "null",
          "-1",
          "1e999",
          "1e99999999999",
          "0x1",
          "#",
          "|\n",
          ">-\n",
          "<<: ",
          "? ",
          "@",
          "%",
          "\u0000",
          "\uD83D\uDE00",
          ",",
          "{}",
          "[]",
          "true",
          "~",
          "{exists: false}",
          "{numeric: [\">\", 1]}",
          "$or: ",
          "data: ",
          "kind: EventFlow\n");
  private static final Map<String, String> ENVIRONMENT =
      Map.of("SECRET", "hunter2", "SG_KEY", "hunter2", "COUNT", "5", "CREATE", "true", "TAG", "t");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"two-regions.yaml", "pascal-case.json", "words.yaml"})
  void giveFindingsAndNothingElse(String name) throws IOException {
    byte[] good = Files.readAllBytes(Loading.resource("good/" + name));
    Files.createDirectories(folder.resolve("secrets"));
    Files.writeString(folder.resolve("secrets/sg.txt"), "hunter2");
    Path file = folder.resolve(name);
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    System.out.println("seed of mutations of " + name + ": -Dsluice.seed=" + seed);
    Random random = new Random(seed);
    FlowLoader loader =
        new FlowLoader(
            Loading.CONNECTORS, key -> java.util.Optional.ofNullable(ENVIRONMENT.get(key)));
    for (int mutant = 0; mutant < MUTANTS; mutant++) {
      byte[] mutated = mutate(good, random);
      Files.write(file, mutated);
      try {
        for (Finding finding : loader.load(List.of(file)).findings()) {
          assertThat(finding + finding.suggestion()).doesNotContain("hunter2");
          assertThat(finding.location().line()).isPositive();
          assertThat(finding.location().column()).isPositive();
        }
      } catch (RuntimeException | Error e) {
        fail(
            "seed %d, mutant %d:%n%s"
                .formatted(seed, mutant, new String(mutated, StandardCharsets.UTF_8)),
            e);
      }
    }
  }

  private static byte[] mutate(byte[] good, Random random) {
    byte[] bytes = good;
    for (int change = 1 + random.nextInt(3); change > 0; change--) {
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> withByte(bytes, random);
            case 1 -> withoutRange(bytes, random);
            case 2 -> withScrap(bytes, random);
            case 3 -> withLinesSwapped(bytes, random);
            case 4 -> withLineTwice(bytes, random);
            default -> withWordReplaced(bytes, random);
          };
    }
    return bytes;
  }

  private static byte[] withByte(byte[] bytes, Random random) {
    byte[] changed = bytes.clone();
    if (changed.length > 0) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    return changed;
  }

  private static byte[] withoutRange(byte[] bytes, Random random) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + random.nextInt(20));
    return concat(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
  }

  private static byte[] withScrap(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length + 1);
    byte[] scrap = SCRAPS.get(random.nextInt(SCRAPS.size())).getBytes(StandardCharsets.UTF_8);
    return concat(
        concat(Arrays.copyOf(bytes, at), scrap), Arrays.copyOfRange(bytes, at, bytes.length));
  }

  private static byte[] withLinesSwapped(byte[] bytes, Random random) {
    List<String> lines = lines(bytes);
    Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
    return bytes(lines);
  }

  private static byte[] withLineTwice(byte[] bytes, Random random) {
    List<String> lines = lines(bytes);
    lines.add(random.nextInt(lines.size()), lines.get(random.nextInt(lines.size())));
    return bytes(lines);
  }

  private static byte[] withWordReplaced(byte[] bytes, Random random) {
    String[] words = new String(bytes, StandardCharsets.UTF_8).split("(?<=[ \n\t])");
    words[random.nextInt(words.length)] = SCRAPS.get(random.nextInt(SCRAPS.size()));
    return String.join("", words).getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> lines(byte[] bytes) {
    return new ArrayList<>(List.of(new String(bytes, StandardCharsets.UTF_8).split("\n", -1)));
  }

  private static byte[] bytes(List<String> lines) {
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
