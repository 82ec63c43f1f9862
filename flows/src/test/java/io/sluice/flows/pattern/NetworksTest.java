package io.sluice.flows.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/24", "0.0.0.0/0", "1.2.3.4/32", "2001:db8::/32", "::/0"})
  void blocks(String text) {
    assertThat(Networks.isBlock(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0",
        "10.0.0.0/33",
        "10.0.0.999/8",
        "10.0.0/8",
        "host/8",
        "::1/129",
        "/8",
        ""
      })
  void notBlocks(String text) {
    assertThat(Networks.isBlock(text)).isFalse();
  }

  /** event-ruler would ask name servers about these. */
  @ParameterizedTest
  @ValueSource(strings = {"1.2.3.999", "1.2.3.1234", "99999999999.1.1.1"})
  void falseAddressesAreDefused(String text) {
    assertThat(Networks.isFalseAddress(text)).isTrue();
    assertThat(Networks.isFalseAddress(FieldPlaces.defused(text))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.3.4", "255.255.255.255", "orders", "1.2.3"})
  void othersAreLeftAlone(String text) {
    assertThat(FieldPlaces.defused(text)).isEqualTo(text);
  }
}
