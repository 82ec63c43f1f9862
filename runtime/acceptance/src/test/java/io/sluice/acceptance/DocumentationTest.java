package io.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.flows.FlowLoader;
import io.sluice.flows.LoadedFlows;
import io.sluice.sdk.connector.Connector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documentation says only what is so. */
class DocumentationTest {
  private static final Pattern YAML =
      Pattern.compile("^```yaml\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#: ]+)(#[^)]*)?\\)");
  private static final Pattern CERTIFICATE = Pattern.compile("\\./(\\S+\\.(?:pem|key|p12))");
  private static final Pattern PROOF = Pattern.compile("`([A-Z]\\w+Test)#(\\w+)`");

  @TempDir Path folder;

  record Block(String page, String text) {
    @Override
    public String toString() {
      return page + ": " + text.lines().limit(2).toList();
    }
  }

  static List<Block> flowBlocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (Path page : Repository.pages()) {
      Matcher block = YAML.matcher(Files.readString(page));
      while (block.find()) {
        if (block.group(1).contains("kind:")) {
          blocks.add(new Block(page.getFileName().toString(), block.group(1)));
        }
      }
    }
    return blocks;
  }

  @ParameterizedTest
  @MethodSource("flowBlocks")
  void flowFilesInPagesLoad(Block block) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "s3cret");
    String text = block.text().replaceAll("\\$\\{file:[^}]*}", "\\${file:" + secret + "}");
    Matcher certificate = CERTIFICATE.matcher(text);
    while (certificate.find()) {
      Files.writeString(folder.resolve(certificate.group(1)), "");
    }
    Path file = Files.writeString(folder.resolve("page.yaml"), text);
    List<Connector> connectors =
        ServiceLoader.load(Connector.class).stream().map(ServiceLoader.Provider::get).toList();

    LoadedFlows loaded =
        new FlowLoader(connectors, variable -> Optional.of("value")).load(List.of(file));

    assertThat(loaded.findings()).isEmpty();
  }

  @Test
  void linksLeadToFiles() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : Repository.pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        if (!Files.exists(page.resolveSibling(link.group(1)))) {
          broken.add(page.getFileName() + " → " + link.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyProofOfAGuaranteeIsATest() throws IOException {
    Matcher proof =
        PROOF.matcher(Files.readString(Repository.root().resolve("docs/guarantees.md")));
    List<String> missing = new ArrayList<>();
    int found = 0;
    while (proof.find()) {
      found++;
      if (!isTest(proof.group(1), proof.group(2))) {
        missing.add(proof.group());
      }
    }
    assertThat(found).isGreaterThan(8);
    assertThat(missing).isEmpty();
  }

  private static boolean isTest(String className, String method) throws IOException {
    try (Stream<Path> files = Files.walk(Repository.root())) {
      List<Path> sources =
          files.filter(file -> file.endsWith(className + ".java")).limit(2).toList();
      return sources.size() == 1
          && Pattern.compile("(void|Stream<DynamicTest>) " + method + "\\(")
              .matcher(Files.readString(sources.get(0)))
              .find();
    }
  }
}
