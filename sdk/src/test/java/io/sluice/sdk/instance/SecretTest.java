package io.sluice.sdk.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretTest {

  @Test
  void neverShowsInTextOfWhatHoldsIt() { // I9
    Instance instance =
        new Instance(
            "a",
            Version.V5,
            Optional.empty(),
            Network.PRIVATE,
            List.of("127.0.0.1:9876"),
            Optional.of(new Acl(Secret.of("open-sesame"), Secret.of("swordfish"))));

    assertThat(instance.toString())
        .doesNotContain("sesame")
        .doesNotContain("swordfish")
        .contains("***");
    assertThat(instance.acl().orElseThrow().secretKey().reveal()).isEqualTo("swordfish");
  }
}
