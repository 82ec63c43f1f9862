package io.sluice.engine.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.ErrorCodes;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class EngineErrorTest {
  @Test
  void codesAreFoundByTheDocumentation() {
    List<ErrorCode> found =
        ServiceLoader.load(ErrorCodes.class).stream()
            .flatMap(provider -> provider.get().codes().stream())
            .toList();

    assertThat(found).contains(EngineError.values());
  }

  @Test
  void codesAreUniqueAndSayWhatToDo() {
    assertThat(EngineError.values()).extracting(EngineError::id).doesNotHaveDuplicates();
    assertThat(EngineError.values())
        .allSatisfy(
            code -> {
              assertThat(code.id()).matches("(engine|store)\\.[a-z]+(-[a-z]+)*");
              assertThat(code.meaning()).endsWith(".");
              assertThat(code.remedy()).endsWith(".");
            });
  }
}
