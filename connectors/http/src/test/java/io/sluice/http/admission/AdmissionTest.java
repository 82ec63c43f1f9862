package io.sluice.http.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.http.HttpError;
import io.sluice.sdk.error.SluiceException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "::1, ::1, true",
    "::1, 127.0.0.1, false",
    "127.0.0.0/8, ::ffff:127.0.0.1, true",
  })
  void anAddressIsInABlock(String block, String address, boolean expected)
      throws UnknownHostException {
    InetSocketAddress caller = new InetSocketAddress(InetAddress.getByName(address), 4711);

    assertThat(AddressList.of(List.of(block)).contains(caller)).isEqualTo(expected);
    assertThat(AddressList.of(List.of("198.51.100.1", block)).contains(caller)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129", "10.0.0", ""})
  void refusesWhatIsNoAddress(String entry) {
    assertThatExceptionOfType(SluiceException.class)
        .isThrownBy(() -> AddressList.of(List.of(entry)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(HttpError.BAD_ADDRESS));
  }

  @ParameterizedTest
  @CsvSource({
    "shop.example.com, https://shop.example.com/cart?x=1, true",
    "shop.example.com, https://SHOP.example.com:8443/, true",
    "shop.example.com, https://shop.example.com.evil.example/, false",
    "shop.example.com, https://evil.example/shop.example.com, false",
    "shop.example.com, https://shop.example.com@evil.example/, false",
    "*.example.com, https://a.b.example.com/, true",
    "*.example.com, https://example.com/, false",
    "*.example.com, https://evilexample.com/, false",
    "shop.example.com, shop.example.com, false",
    "shop.example.com, https://shop example.com, false",
  })
  void aPageIsOfADomain(String domain, String referer, boolean expected) {
    assertThat(DomainList.of(List.of(domain)).contains(referer)).isEqualTo(expected);
  }

  @Test
  void refusesWhatIsNoDomain() {
    for (String entry : List.of("https://a.example", "a.example:80", "a.*.example", "", "*")) {
      assertThatExceptionOfType(SluiceException.class)
          .as(entry)
          .isThrownBy(() -> DomainList.of(List.of(entry)))
          .satisfies(e -> assertThat(e.code()).isEqualTo(HttpError.BAD_DOMAIN));
    }
  }
}
