package io.sluice.cli.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.Connectors;
import io.sluice.cli.trial.TrialConnector;
import io.sluice.sdk.connector.Connector;
import io.sluice.sdk.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceFilesTest {
  private static final Path DOCS = Path.of("../../docs");

  @Test
  void whatIsInDocsIsWhatTheCodeSays() throws IOException {
    List<Connector> shipped =
        Connectors.all().stream()
            .filter(connector -> !(connector instanceof TrialConnector))
            .toList();
    for (Map.Entry<String, String> file : ReferenceFiles.generate(shipped).entrySet()) {
      assertThat(Files.readString(DOCS.resolve(file.getKey())))
          .as(file.getKey())
          .isEqualTo(file.getValue());
    }
  }

  @Test
  void everyErrorCodeIsUniqueAndExplained() {
    assertThat(ErrorReference.codes()).extracting(ErrorCode::id).doesNotHaveDuplicates();
    assertThat(ErrorReference.codes())
        .allSatisfy(
            code -> {
              assertThat(code.id()).matches("[a-z0-9]+\\.[a-z0-9]+(-[a-z0-9]+)*");
              assertThat(code.meaning()).endsWith(".");
              assertThat(code.remedy()).endsWith(".");
            });
  }
}
