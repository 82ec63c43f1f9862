package io.sluice.sdk.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretTest {

  @Test
  void neverShowsInTextOfWhatHoldsIt() { // I9
    Instance instance =
        Instance.builder("a")
            .nameServers(List.of("127.0.0.1:9876"))
            .acl(new Acl(Secret.of("open-sesame"), Secret.of("swordfish")))
            .build();

    assertThat(instance.toString())
        .doesNotContain("sesame")
        .doesNotContain("swordfish")
        .contains("***");
    assertThat(instance.acl().orElseThrow().secretKey().reveal()).isEqualTo("swordfish");
  }
}
