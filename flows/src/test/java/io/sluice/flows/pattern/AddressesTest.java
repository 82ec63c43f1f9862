package io.sluice.flows.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.DetachedRecord;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

  private static boolean matches(String conditions, String value) {
    return Patterns.compile(
            "{\"data\":{\"body\":{\"ip\":[" + conditions.replace('\'', '"') + "]}}}")
        .test(
            DetachedRecord.builder("orders", new Position(0))
                .body(
                    ("{\"ip\":" + value.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8))
                .build());
  }

  private static boolean isIn(String block, String address) {
    return matches("{'cidr':'" + block + "'}", "'" + address + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/24",
        "0.0.0.0/0",
        "1.2.3.4/32",
        "1.2.3.4",
        "2001:db8::/32",
        "::/0",
        "::1/128",
        "::1"
      })
  void blocks(String text) {
    assertThat(Addresses.prefixes(text)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0.999/8",
        "10.0.0/8",
        "host/8",
        "::1/129",
        ":::/8",
        "/8",
        "10.0.0.0/",
        ""
      })
  void notBlocks(String text) {
    assertThat(Addresses.prefixes(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/24, 10.0.0.255, 10.0.1.0",
    "10.0.0.0/23, 10.0.1.255, 10.0.2.0",
    "10.0.0.0/9, 10.127.0.1, 10.128.0.1",
    "10.0.0.7/32, 10.0.0.7, 10.0.0.8",
    "2001:db8::/33, 2001:db8:7fff::1, 2001:db8:8000::1",
    "2001:db8::1/128, 2001:DB8:0:0::1, 2001:db8::2",
    "2001:db8::1, 2001:db8::1, 2001:db8::10"
  })
  void aBlockHoldsItsAddresses(String block, String inside, String outside) {
    assertThat(isIn(block, inside)).isTrue();
    assertThat(isIn(block, outside)).isFalse();
  }

  @Test
  void addressesOfOneKindAreInNoBlockOfTheOther() {
    assertThat(isIn("10.0.0.0/8", "a00::1")).isFalse();
    assertThat(isIn("0.0.0.0/0", "2001:db8::1")).isFalse();
    assertThat(isIn("10.0.0.1/32", "a00:1::")).isFalse();
    assertThat(isIn("::/0", "10.0.0.1")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.3.999", "1.2.3", "orders", "1:2", ""})
  void whatIsNoAddressIsInNoBlockAndMatchesAsText(String text) {
    assertThat(isIn("0.0.0.0/0", text)).isFalse();
    assertThat(isIn("::/0", text)).isFalse();
    assertThat(matches("{'cidr':'10.0.0.0/8'},'" + text + "'", "'" + text + "'")).isTrue();
  }

  @Test
  void otherConditionsBesideABlockSeeTheAddressAsText() {
    String conditions = "{'cidr':'10.0.0.0/8'},{'anything-but':'192.168.0.1'},{'prefix':'fe80'}";

    assertThat(matches(conditions, "'10.0.0.1'")).isTrue();
    assertThat(matches(conditions, "'172.16.0.1'")).isTrue();
    assertThat(matches(conditions, "'192.168.0.1'")).isFalse();
    assertThat(matches("{'cidr':'10.0.0.0/8'},7", "7")).isTrue();
    assertThat(matches("{'cidr':'10.0.0.0/8'}", "[7,'10.0.0.1',{}]")).isTrue();
  }

  @Test
  void agreesWithArithmeticForRandomBlocks() throws UnknownHostException {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    System.out.println("seed of addresses: -Dsluice.seed=" + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      byte[] network = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(network);
      byte[] address = network.clone();
      int changed = random.nextInt(network.length * 8);
      address[changed / 8] ^= (byte) (0x80 >> changed % 8);
      int bits = random.nextInt(network.length * 8 + 1);
      String block = InetAddress.getByAddress(network).getHostAddress() + "/" + bits;
      String text = InetAddress.getByAddress(address).getHostAddress();
      assertThat(isIn(block, text))
          .as("seed %d: %s in %s", seed, text, block)
          .isEqualTo(changed >= bits);
    }
  }
}
