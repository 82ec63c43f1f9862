package io.sluice.cli;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script, in a checkout of its own whose Maven and Java only say what they are asked
 * to do.
 */
class LauncherTest {
  private static final Instant PAST = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir private Path temp;
  private Path root;
  private Path program;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void checkOut() throws IOException {
    root = temp.resolve("a checkout");
    program = root.resolve("runtime/cli/target/sluice.jar");
    for (String module : List.of("sdk", "flows", "connectors", "runtime")) {
      Files.createDirectories(root.resolve(module));
    }
    source("pom.xml");
    source("sdk/src/main/java/A.java");
    Files.copy(Path.of("../../sluice"), root.resolve("sluice"));
    Files.setPosixFilePermissions(root.resolve("sluice"), fromString("rwxr-xr-x"));
    tool("mvn", "touch '" + program + "'");
    tool("java", "echo java; for a in \"$@\"; do echo \"<$a>\"; done");
    Files.writeString(temp.resolve("jdk/release"), "JAVA_VERSION=\"17.0.15\"\n");
    environment.put("JAVA_HOME", temp.resolve("jdk").toString());
  }

  @Test
  void buildsAtItsFirstUseAndThenNoMore() throws Exception {
    assertThat(launch("version").err()).contains("Building sluice");
    Result second = launch("version");
    assertThat(second.err()).isEmpty();
    assertThat(second.status()).isZero();
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    launch("version");
    source("flows/src/test/java/ATest.java", Instant.now().plusSeconds(60));
    assertThat(launch("version").err()).isEmpty();
    source("flows/src/main/resources/a.json", Instant.now().plusSeconds(60));
    assertThat(launch("version").err()).contains("Building sluice");
  }

  @Test
  void handsOverTheArgumentsAsTheyAre() throws Exception {
    Result result = launch("send", "--tag", "two words", "*", "");
    assertThat(result.out())
        .endsWith("<-jar>\n<" + program + ">\n<send>\n<--tag>\n<two words>\n<*>\n<>\n");
  }

  @Test
  void findsItsCheckoutThroughLinks() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("some where"));
    Files.createSymbolicLink(folder.resolve("first"), root.resolve("sluice"));
    Files.createSymbolicLink(folder.resolve("second"), Path.of("first"));
    Result result = run(folder.resolve("second"), "version");
    assertThat(result.out()).contains("<" + program + ">");
  }

  @Test
  void javaOptionsReplaceTheDefaults() throws Exception {
    assertThat(launch("version").out()).contains("<-Xmx512m>");
    environment.put("SLUICE_JAVA_OPTS", "-Xmx2g -XX:+UseZGC");
    assertThat(launch("version").out())
        .contains("<-Xmx2g>\n<-XX:+UseZGC>")
        .doesNotContain("<-Xmx512m>");
  }

  @Test
  void allowsNettyItsMemoryWhereJavaAsksForLeave() throws Exception {
    assertThat(launch("version").out()).doesNotContain("unsafe");
    Files.writeString(temp.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
    assertThat(launch("version").out()).contains("<--sun-misc-unsafe-memory-access=allow>");
  }

  @Test
  void addsALibraryFolderToTheClassPath() throws Exception {
    Path libraries = Files.createDirectories(temp.resolve("more libraries"));
    environment.put("SLUICE_LIBRARIES", libraries.toString());
    assertThat(launch("version").out())
        .contains("<--add-opens=java.base/java.nio=ALL-UNNAMED>")
        .endsWith(
            "<-cp>\n<" + program + ":" + libraries + "/*>\n<io.sluice.cli.Sluice>\n<version>\n");
  }

  @Test
  void opensWithALibraryFolderWhatTheManifestOpensWithout() throws Exception {
    environment.put("SLUICE_LIBRARIES", temp.toString());
    String manifest = Files.readString(Path.of("pom.xml"));
    Matcher opened = Pattern.compile("<Add-(Opens|Exports)>(.*?)</").matcher(manifest);
    String out = launch("version").out();
    int options = 0;
    while (opened.find()) {
      String option = "--add-" + opened.group(1).toLowerCase(Locale.ROOT);
      for (String name : opened.group(2).split(" ")) {
        assertThat(out).contains("<" + option + "=" + name + "=ALL-UNNAMED>");
        options++;
      }
    }
    assertThat(options).isPositive();
  }

  @Test
  void saysWhenTheLibraryFolderIsMissing() throws Exception {
    environment.put("SLUICE_LIBRARIES", temp.resolve("nothing").toString());
    Result result = launch("version");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("SLUICE_LIBRARIES").contains("not a folder");
  }

  @Test
  void saysWhenJavaIsTooOld() throws Exception {
    Files.writeString(temp.resolve("jdk/release"), "JAVA_VERSION=\"1.8.0_402\"\n");
    Result result = launch("version");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("is Java 8").contains("Java 17 or newer");
  }

  @Test
  void saysWhenThereIsNoJava() throws Exception {
    environment.put("JAVA_HOME", temp.resolve("nothing").toString());
    Result result = launch("version");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("JAVA_HOME");
  }

  @Test
  void saysWhenThereIsNoMaven() throws Exception {
    Files.delete(temp.resolve("jdk/bin/mvn"));
    Result result = launch("version");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("no mvn").contains("Install Maven");
  }

  @Test
  void saysWhenTheBuildFails() throws Exception {
    tool("mvn", "echo broken; exit 1");
    Result result = launch("version");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("broken").contains("The build failed.");
    assertThat(result.out()).isEmpty();
  }

  private Result launch(String... arguments) throws IOException, InterruptedException {
    return run(root.resolve("sluice"), arguments);
  }

  private Result run(Path script, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(script.toString()), Stream.of(arguments)).toList();
    Path out = temp.resolve("out");
    Path err = temp.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", temp.resolve("jdk/bin") + ":" + pathWithoutMaven());
    builder.environment().putAll(environment);
    int status = builder.start().waitFor();
    return new Result(
        status,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  /** The usual tools in a folder of their own: a Maven beside them must not be found. */
  private String pathWithoutMaven() throws IOException {
    for (String name :
        List.of(
            "bash",
            "dirname",
            "readlink",
            "find",
            "mkdir",
            "mktemp",
            "rm",
            "touch",
            "sed",
            "flock")) {
      for (String folder : List.of("/bin", "/usr/bin")) {
        if (Files.isExecutable(Path.of(folder, name))) {
          script(temp.resolve("tools").resolve(name), "exec " + folder + "/" + name + " \"$@\"");
        }
      }
    }
    return temp.resolve("tools").toString();
  }

  private void source(String path) throws IOException {
    source(path, PAST);
  }

  private void source(String path, Instant changed) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    Files.setLastModifiedTime(file, FileTime.from(changed));
  }

  private void tool(String name, String content) throws IOException {
    script(temp.resolve("jdk/bin").resolve(name), content);
  }

  private static void script(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/bash\n" + content + "\n");
    Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
  }

  private record Result(int status, String out, String err) {}
}
