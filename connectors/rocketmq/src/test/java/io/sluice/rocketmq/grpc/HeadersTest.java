package io.sluice.rocketmq.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.sluice.sdk.instance.Acl;
import io.sluice.sdk.instance.Secret;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What proxies are told of each call. */
class HeadersTest {
  private static final Instant NOW = Instant.parse("2026-11-21T15:33:43.987Z");

  private static String header(Metadata headers, String name) {
    return headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
  }

  @Test
  void sayTheNamespace() {
    Headers headers = new Headers(Optional.empty(), Optional.of("rmq-cn-1"));

    assertThat(header(headers.of("client", NOW), "x-mq-namespace")).isEqualTo("rmq-cn-1");
  }

  @Test
  void signsTheTimeOfTheCall() {
    Acl acl = new Acl(Secret.of("key"), Secret.of("secret"), Optional.of(Secret.of("token")));

    Metadata headers = new Headers(Optional.of(acl), Optional.empty()).of("client", NOW);

    assertThat(header(headers, "x-mq-date-time")).isEqualTo("20261121T153343Z");
    assertThat(header(headers, "x-mq-client-id")).isEqualTo("client");
    assertThat(header(headers, "x-mq-session-token")).isEqualTo("token");
    // printf 20261121T153343Z | openssl dgst -sha1 -hmac secret
    assertThat(header(headers, "authorization"))
        .isEqualTo(
            "MQv2-HMAC-SHA1 Credential=key, SignedHeaders=x-mq-date-time, Signature=85A30C69F64F1DC37B26308D0329A183486B93A9");
  }

  @Test
  void signsEachSecondAnew() {
    Headers headers =
        new Headers(Optional.of(new Acl(Secret.of("key"), Secret.of("secret"))), Optional.empty());

    String first = header(headers.of("client", NOW), "authorization");

    assertThat(header(headers.of("client", NOW.plusMillis(10)), "authorization")).isEqualTo(first);
    assertThat(header(headers.of("client", NOW.plusSeconds(1)), "authorization"))
        .isNotEqualTo(first);
  }

  @Test
  void signsNothingWithoutCredentials() {
    assertThat(
            header(
                new Headers(Optional.empty(), Optional.empty()).of("client", NOW), "authorization"))
        .isNull();
  }
}
