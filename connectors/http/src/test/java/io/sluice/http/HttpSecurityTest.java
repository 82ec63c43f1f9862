package io.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.http.server.Tls;
import io.sluice.sdk.error.SluiceException;
import io.sluice.testkit.Authority;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.ServerSecurity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose requests are taken, and how they are encrypted. */
class HttpSecurityTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = FreePorts.one();

  @TempDir private Path folder;

  private CompletableFuture<HttpResponse<String>> post(String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
            .POST(BodyPublishers.ofString("1"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.sendAsync(request.build(), BodyHandlers.ofString());
  }

  private static void assertTaken(
      Listening listening, CompletableFuture<HttpResponse<String>> response) throws Exception {
    listening.record();
    assertThat(response.join().statusCode()).isEqualTo(200);
  }

  private static void assertForbidden(CompletableFuture<HttpResponse<String>> response) {
    assertThat(response.join().statusCode()).isEqualTo(403);
    assertThat(response.join().body()).startsWith("{\"code\":\"http.forbidden\"");
  }

  @Test
  void takesRequestsFromItsAddressesOnly() throws Exception {
    try (Listening listening =
        new Listening(Settings.DEFAULT.withIp("2001:db8::/32", "127.0.0.0/8").at(port))) {
      assertTaken(listening, post());
    }
    try (Listening listening = new Listening(Settings.DEFAULT.withIp("192.0.2.0/24").at(port))) {
      assertForbidden(post());
      assertForbidden(post("X-Forwarded-For", "192.0.2.1"));
      assertThat(listening.hasNothing()).isTrue();
    }
  }

  @Test
  void takesRequestsFromPagesOfItsDomainsOnly() throws Exception {
    try (Listening listening =
        new Listening(Settings.DEFAULT.withReferer("shop.example.com").at(port))) {
      assertTaken(listening, post("Referer", "https://shop.example.com/cart"));
      assertForbidden(post("Referer", "https://evil.example/?shop.example.com"));
      assertForbidden(post());
    }
  }

  @Test
  void listsAndTlsNeedTheKeysThatTheyGoWith() {
    assertRefused(() -> Settings.DEFAULT.withIp().configuration(), HttpError.WITHOUT_EFFECT);
    assertRefused(() -> Settings.DEFAULT.withReferer().configuration(), HttpError.WITHOUT_EFFECT);
    Settings ip = Settings.DEFAULT.withIp("10.0.0.1");
    assertRefused(
        () ->
            new Settings(
                    "/",
                    "HTTP",
                    Optional.empty(),
                    ip.methods(),
                    "none",
                    ip.ip(),
                    ip.referer(),
                    ip.maximumConnections())
                .configuration(),
        HttpError.WITHOUT_EFFECT);
    Tls tls = new Tls("a", "b", Optional.empty());
    assertRefused(
        () -> Settings.DEFAULT.withTls("HTTP", tls).configuration(), HttpError.WITHOUT_EFFECT);
    assertRefused(
        () ->
            new Settings(
                    "/",
                    "HTTPS",
                    Optional.empty(),
                    ip.methods(),
                    "ip",
                    ip.ip(),
                    ip.referer(),
                    ip.maximumConnections())
                .configuration(),
        HttpError.TLS_MISSING);
  }

  private static void assertRefused(Runnable call, HttpError code) {
    assertThatExceptionOfType(SluiceException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void speaksHttps() throws Exception {
    Authority authority = Authority.of("callers' authority");
    Tls tls = tls(authority);
    HttpClient secured = HttpClient.newBuilder().sslContext(authority.clientContext()).build();

    try (Listening listening = new Listening(Settings.DEFAULT.withTls("HTTPS", tls).at(port))) {
      assertTaken(listening, securely(secured));
      assertThat(post()).as("without TLS").failsWithin(Duration.ofMinutes(1));
    }
  }

  @Test
  void speaksHttpAndHttpsAtOnePort() throws Exception {
    Authority authority = Authority.of("callers' authority");
    Tls tls = tls(authority);
    HttpClient secured = HttpClient.newBuilder().sslContext(authority.clientContext()).build();

    try (Listening listening =
        new Listening(Settings.DEFAULT.withTls("HTTP&HTTPS", tls).at(port))) {
      assertTaken(listening, securely(secured));
      assertTaken(listening, post());
    }
  }

  private Tls tls(Authority authority) throws IOException {
    ServerSecurity.Identity identity = authority.issue("127.0.0.1").write(folder, "server");
    return new Tls(
        Files.readString(identity.certificate()),
        Files.readString(identity.privateKey()),
        Optional.empty());
  }

  private CompletableFuture<HttpResponse<String>> securely(HttpClient secured) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/"))
            .POST(BodyPublishers.ofString("1"))
            .build();
    return secured.sendAsync(request, BodyHandlers.ofString());
  }

  @Test
  void aKeyThatCannotBeUsedIsSaidWithoutIt() { // I9
    HttpSourceConfiguration configuration =
        Settings.DEFAULT
            .withTls("HTTPS", new Tls("no certificate", "abc123", Optional.of("hidden")))
            .configuration();

    assertThat(configuration.toString()).doesNotContain("abc123").doesNotContain("hidden");
    assertThat(new HttpSourceType().problems(configuration))
        .singleElement()
        .satisfies(problem -> assertThat(problem.code()).isEqualTo(HttpError.BAD_CERTIFICATE))
        .satisfies(problem -> assertThat(problem.toString()).doesNotContain("abc123"));
  }
}
