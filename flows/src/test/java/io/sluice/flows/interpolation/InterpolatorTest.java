package io.sluice.flows.interpolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Scalar.Kind;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.error.Location.InFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpolatorTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("A", "alpha", "EMPTY", "", "LOOKS_LIKE_ONE", "${env:A}");

  @TempDir Path folder;
  private final Findings findings = new Findings();

  private Scalar resolve(String text) {
    Scalar scalar = new Scalar(new InFile("f", 3, 7), Kind.TEXT, text, Optional.empty());
    return (Scalar)
        new Interpolator(name -> Optional.ofNullable(ENVIRONMENT.get(name)), findings)
            .resolve(scalar, folder);
  }

  @ParameterizedTest
  @CsvSource({
    "${env:A}, alpha",
    "x${env:A}y${env:A}z, xalphayalphaz",
    "${env:B:-beta}, beta",
    "${env:B:-}, ''",
    "${env:A:-beta}, alpha",
    "${env:EMPTY:-beta}, beta",
    "${env:EMPTY}, ''",
    "$${env:A}, ${env:A}",
    "$$${env:A}, $${env:A}",
    "$${file:x} ${env:A}, ${file:x} alpha",
    "${A} $A ${name} $${x}, ${A} $A ${name} $${x}",
    "${env:LOOKS_LIKE_ONE}, ${env:A}",
  })
  void replacesPlaceholdersAndNothingElse(String text, String resolved) {
    assertThat(resolve(text).text()).isEqualTo(resolved);
    assertThat(findings.sorted()).isEmpty();
  }

  @Test
  void readsFilesWithoutTheirLastLineBreak() throws IOException {
    Files.writeString(folder.resolve("one.txt"), "one\n");
    Files.writeString(folder.resolve("two.txt"), "two\r\n");
    Files.writeString(folder.resolve("lines.txt"), "a\nb\n\n");

    assertThat(resolve("${file:one.txt}+${file:two.txt}").text()).isEqualTo("one+two");
    assertThat(resolve("${file:lines.txt}").text()).isEqualTo("a\nb\n");
  }

  @Test
  void rememberWhatWasWritten() {
    assertThat(resolve("${env:A}").shown()).isEqualTo("${env:A}");
    assertThat(resolve("plain").written()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "${env:NOPE}, flow.undefined-variable",
    "${env:}, flow.bad-placeholder",
    "${env:1A}, flow.bad-placeholder",
    "${env:A, flow.bad-placeholder",
    "${env:A:-${env:B}}, flow.bad-placeholder",
    "${file:}, flow.bad-placeholder",
    "${file:absent}, flow.unreadable-value",
    "${file:.}, flow.unreadable-value",
  })
  void reportsWhatCannotBeReplaced(String text, String code) {
    resolve(text);

    assertThat(findings.sorted())
        .allSatisfy(finding -> assertThat(finding.location()).isEqualTo(new InFile("f", 3, 7)))
        .extracting(finding -> finding.code().id())
        .containsExactly(code);
  }
}
