package io.sluice.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.ErrorCodes;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class FlowErrorTest {
  @Test
  void isPublished() {
    List<ErrorCode> published =
        ServiceLoader.load(ErrorCodes.class).stream()
            .flatMap(provider -> provider.get().codes().stream())
            .toList();

    assertThat(published).contains(FlowError.values());
  }

  @Test
  void idsAreUniqueAndExplained() {
    assertThat(FlowError.values()).extracting(FlowError::id).doesNotHaveDuplicates();
    assertThat(FlowError.values())
        .allSatisfy(
            code -> {
              assertThat(code.id()).matches("flow\\.[a-z0-9]+(-[a-z0-9]+)*");
              assertThat(code.meaning()).endsWith(".");
              assertThat(code.remedy()).endsWith(".");
            });
  }
}
