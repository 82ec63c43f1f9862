package io.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.testkit.FreePorts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class HttpSourceTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = FreePorts.one();

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), BodyHandlers.ofString());
  }

  private CompletableFuture<HttpResponse<String>> post(String body) {
    return send(
        request("/orders?shop=7")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private Listening listening() {
    return new Listening(Settings.DEFAULT.at(port));
  }

  private static String text(DetachedRecord record) {
    return StandardCharsets.UTF_8.decode(record.body()).toString();
  }

  private static void assertRefused(
      CompletableFuture<HttpResponse<String>> response, int status, String code) {
    assertThat(response.join().statusCode()).isEqualTo(status);
    assertThat(response.join().body()).startsWith("{\"code\":\"" + code + "\",\"message\":\"");
    assertThat(response.join().headers().firstValue("content-type")).contains("application/json");
  }

  @Test
  void isAnsweredWhenTheEventIsStored() throws Exception { // I1
    try (Listening listening = listening()) {
      CompletableFuture<HttpResponse<String>> response = post("{}");
      Batch batch = listening.next();
      assertThat(response).isNotDone();

      listening.done(batch);

      assertThat(response.join().statusCode()).isEqualTo(200);
      String id = batch.records().iterator().next().userProperty("CE_id").orElseThrow();
      assertThat(response.join().body()).isEqualTo("{\"eventId\":\"" + id + "\"}");
      assertThat(listening.timers()).as("nobody waits for its time any more").isZero();
    }
  }

  @Test
  void anEventIsAnEventBridgeHttpEvent() throws Exception {
    try (Listening listening = listening()) {
      send(
          request("/orders/new?shop=7&tag=a&tag=b")
              .header("Content-Type", "application/json; charset=utf-8")
              .header("X-Order", "17")
              .header("Authorization", "Bearer abc123")
              .header("Cookie", "session=abc123")
              .POST(BodyPublishers.ofString("{\"amount\": 300.0, \"id\": 12345678901234567890}")));
      DetachedRecord record = listening.record();

      assertThat(text(record))
          .contains("\"X-Order\":\"17\"")
          .contains("\"path\":\"/orders/new\"")
          .contains("\"body\":{\"amount\":300.0,\"id\":12345678901234567890}")
          .contains("\"httpMethod\":\"POST\"")
          .contains("\"queryString\":{\"shop\":\"7\",\"tag\":[\"a\",\"b\"]}")
          .doesNotContain("abc123"); // I9
      assertThat(record.userProperty("CE_type")).contains("eventbridge:Events:HTTPEvent");
      assertThat(record.userProperty("CE_source")).contains("listening");
      assertThat(record.userProperty("CE_time")).contains("2026-11-21T10:00:00Z");
      assertThat(record.topic()).isEqualTo("http");
      assertThat(record.position()).isEqualTo(new Position(7));
    }
  }

  @Test
  void aBodyIsJsonWhereTheRequestSaysSo() throws Exception {
    try (Listening listening = listening()) {
      post("not json");
      assertThat(text(listening.record())).contains("\"body\":\"not json\"");
      send(request("/").header("Content-Type", "text/plain").POST(BodyPublishers.ofString("{}")));
      assertThat(text(listening.record())).contains("\"body\":\"{}\"");
      send(request("/").POST(BodyPublishers.ofString("{}")));
      assertThat(text(listening.record())).contains("\"body\":{}");
      send(request("/").POST(BodyPublishers.noBody()));
      assertThat(text(listening.record())).contains("\"body\":\"\"");
      send(request("/").POST(BodyPublishers.ofByteArray(new byte[] {0, (byte) 0xff})));
      assertThat(text(listening.record())).contains("\"bodyBase64\":\"AP8=\"");
    }
  }

  @Test
  void whatComesWhileABatchIsUnderWayIsTheNextOne() throws Exception {
    try (Listening listening = listening()) {
      post("1");
      Batch first = listening.next();
      for (int i = 0; i < 5; i++) {
        post("2");
      }
      await().until(() -> listening.held() == 6);
      assertThat(listening.hasNothing()).isTrue();

      listening.done(first);

      Batch second = listening.next();
      assertThat(second.count()).isEqualTo(5);
      assertThat(second.first()).isEqualTo(new Position(8));
    }
  }

  @Test
  void saysThatThereIsNoRoom() throws Exception { // I6
    try (Listening listening =
        new Listening(Settings.DEFAULT.at(port), new InFlightLimit(2, 1 << 20))) {
      List<CompletableFuture<HttpResponse<String>>> taken = new ArrayList<>();
      taken.add(post("1"));
      Batch first = listening.next();
      taken.add(post("2"));
      await().until(() -> listening.held() == 2);

      CompletableFuture<HttpResponse<String>> tooMany = post("3");
      assertRefused(tooMany, 429, "http.busy");
      assertThat(tooMany.join().headers().firstValue("retry-after")).contains("1");

      listening.done(first);
      listening.done(listening.next());
      assertThat(taken).allMatch(response -> response.join().statusCode() == 200);
    }
  }

  @Test
  void takesAnEventBackThatTheTargetDoesNotTakeInTime() throws Exception {
    try (Listening listening = listening()) {
      CompletableFuture<HttpResponse<String>> underWay = post("1");
      Batch first = listening.next();
      CompletableFuture<HttpResponse<String>> waiting = post("2");
      await().until(() -> listening.held() == 2 && listening.timers() == 2);

      listening.passTime();

      assertRefused(underWay, 504, "http.outcome-unknown");
      assertRefused(waiting, 503, "http.not-stored");
      assertThat(listening.held()).isEqualTo(1);
      listening.done(first);
      post("3");
      assertThat(text(listening.record())).as("not the one that was taken back").contains(":3,");
    }
  }

  @Test
  void failsWhenTheFlowStopsBefore() throws Exception { // I1
    Listening listening = listening();
    CompletableFuture<HttpResponse<String>> response = post("1");
    listening.next();
    listening.close();

    assertRefused(response, 503, "http.not-stored");
  }

  @Test
  void takesNothingWhileItIsPaused() throws Exception {
    try (Listening listening = listening()) {
      listening.source().pause();
      assertRefused(post("1"), 503, "http.not-stored");
      listening.source().resume();
      CompletableFuture<HttpResponse<String>> response = post("2");
      listening.record();
      assertThat(response.join().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void refusesOtherMethods() {
    try (Listening listening = listening()) {
      CompletableFuture<HttpResponse<String>> response = send(request("/orders").GET());
      assertRefused(response, 405, "http.method-not-allowed");
      assertThat(response.join().headers().firstValue("allow")).contains("POST, HEAD");
      assertThat(listening.hasNothing()).isTrue();
    }
  }

  @Test
  void aRequestForItsHeadGetsNoBody() throws Exception {
    try (Listening listening = listening()) {
      CompletableFuture<HttpResponse<String>> response =
          send(request("/").method("HEAD", BodyPublishers.noBody()));
      listening.record();
      assertThat(response.join().statusCode()).isEqualTo(200);
      assertThat(response.join().body()).isEmpty();
    }
  }

  @Test
  void refusesOtherPaths() throws Exception {
    try (Listening listening = new Listening(Settings.DEFAULT.withPath("/hooks").at(port))) {
      assertRefused(send(request("/").POST(BodyPublishers.ofString("1"))), 404, "http.not-found");
      assertRefused(
          send(request("/hooksmith").POST(BodyPublishers.ofString("1"))), 404, "http.not-found");
      send(request("/hooks/a?b").POST(BodyPublishers.ofString("1")));
      assertThat(text(listening.record())).contains("\"path\":\"/hooks/a\"");
    }
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    try (Listening listening = listening()) {
      assertRefused(post("1".repeat(100_001)), 413, "http.too-large");
      HttpRequest.Builder chunked =
          request("/")
              .POST(
                  BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[150_000])));
      assertRefused(send(chunked), 413, "http.too-large");
      assertThat(listening.hasNothing()).isTrue();
      post("\"" + "x".repeat(99_998) + "\"");
      assertThat(text(listening.record())).contains("x".repeat(99_998));
    }
  }

  @Test
  void refusesWhatIsNoRequest() throws Exception {
    try (Listening listening = listening()) {
      assertThat(raw("GET / HTTP/1.1\r\nHost: \r\n broken header\r\n:\r\n\r\n"))
          .startsWith("HTTP/1.1 4");
      assertThat(raw("POST /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ");
      assertThat(raw("POST /?a=%z HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ");
      assertThat(raw("\u0000\u0001\u0002 / \r\n\r\n")).startsWith("HTTP/1.1 400 ");
      assertThat(listening.hasNothing()).isTrue();
    }
  }

  @Test
  void answersRequestsOfOneConnectionInTheirOrder() throws Exception {
    try (Listening listening = listening();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String one = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n1";
      String last = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 1\r\n\r\n2";
      socket.getOutputStream().write((one + last).getBytes(StandardCharsets.US_ASCII));

      assertThat(text(listening.record())).contains("\"body\":1");
      assertThat(text(listening.record())).contains("\"body\":2");
      String answers =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(3);
    }
  }

  @Test
  void closesConnectionsBeyondTheirNumber() throws Exception {
    try (Listening listening = new Listening(Settings.DEFAULT.withConnections(1).at(port));
        Socket first = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n1";
      first.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      listening.record();
      assertThat(first.getInputStream().read()).as("an answer").isNotNegative();

      assertThat(endOfAnotherConnection()).isEqualTo(-1);
      assertThat(listening.hasNothing()).isTrue();
    }
  }

  private int endOfAnotherConnection() throws IOException {
    try (Socket other = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return other.getInputStream().read();
    }
  }

  @Test
  void saysThatItsPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> new Listening(Settings.DEFAULT.at(taken.getLocalPort())))
          .havingCause()
          .isInstanceOf(RetriableException.class)
          .satisfies(
              cause ->
                  assertThat(((SluiceException) cause).code()).isEqualTo(HttpError.NOT_LISTENING));
    }
  }

  private String raw(String bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
