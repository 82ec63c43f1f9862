package io.sluice.camel;

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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class HttpSourceTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final String address = "http://127.0.0.1:" + FreePorts.one() + "/orders";

  private CompletableFuture<HttpResponse<String>> post(String body) {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create(address))
            .POST(BodyPublishers.ofString(body))
            .header("X-Order", "17")
            .header("X-Shop", "Jinan")
            .header("SluiceKeys", "order-" + body)
            .header("Authorization", "Bearer abc123")
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void isAnsweredWhenTheRecordIsStored() throws Exception { // I1
    try (Reading reading = Reading.of("netty-http:" + address)) {
      CompletableFuture<HttpResponse<String>> response = post("a");
      Batch batch = reading.next();
      assertThat(response).isNotDone();

      reading.done(batch);

      assertThat(response.join().statusCode()).isEqualTo(204);
      assertThat(response.join().body()).isEmpty();
      assertThat(response.join().headers().map()).doesNotContainKeys("sluicekeys", "x-order");
    }
  }

  @Test
  void failsWhenTheFlowStopsBefore() throws Exception { // I1
    Reading reading = Reading.of("netty-http:" + address);
    CompletableFuture<HttpResponse<String>> response = post("a");
    reading.next();
    reading.close();

    assertThat(response.join().statusCode()).isEqualTo(503);
    assertThat(response.join().body()).doesNotContain("io.sluice");
  }

  @Test
  void takesTheHeadersThatItIsToldToTake() throws Exception {
    try (Reading reading =
        Reading.of(Reading.configuration("netty-http:" + address, "x-*", "CamelHttpMethod"))) {
      post("a");
      DetachedRecord record = reading.records(1).get(0);
      List<String> properties = new ArrayList<>();
      record.forEachUserProperty((name, value) -> properties.add(name + "=" + value));
      assertThat(properties)
          .containsExactlyInAnyOrder("X-Order=17", "X-Shop=Jinan", "CamelHttpMethod=POST");
      assertThat(record.topic()).isEqualTo("in");
      assertThat(record.keys()).contains("order-a");
      assertThat(record.tag()).isEmpty();
      assertThat(record.position()).isEqualTo(new Position(7));
      assertThat(Reading.text(record)).isEqualTo("a");
    }
  }

  @Test
  void whatComesWhileABatchIsUnderWayIsTheNextOne() throws Exception {
    try (Reading reading = Reading.of("netty-http:" + address)) {
      post("a");
      Batch first = reading.next();
      for (int i = 0; i < 5; i++) {
        post("b");
      }
      await().until(() -> reading.source().progress().get(0).lag().getAsLong() == 6);
      assertThat(reading.hasNothing()).isTrue();

      reading.done(first);

      Batch second = reading.next();
      assertThat(second.count()).isEqualTo(5);
      assertThat(second.first()).isEqualTo(new Position(8));
      assertThat(reading.source().progress().get(0).committed()).isEqualTo(new Position(8));
    }
  }

  @Test
  void takesNoMoreInThanTheLimit() throws Exception { // I6
    try (Reading reading =
        Reading.of(Reading.configuration("netty-http:" + address), new InFlightLimit(3, 1 << 20))) {
      List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        responses.add(post("a"));
      }
      int stored = 0;
      while (stored < 8) {
        Batch batch = reading.next();
        assertThat(batch.count()).isLessThanOrEqualTo(3);
        assertThat(reading.source().progress().get(0).lag().getAsLong()).isLessThanOrEqualTo(3);
        stored += batch.count();
        reading.done(batch);
      }
      assertThat(responses).allMatch(response -> response.join().statusCode() == 204);
    }
  }

  @Test
  void whatWaitsForRoomFailsWhenTheFlowStops() throws Exception {
    Reading reading =
        Reading.of(Reading.configuration("netty-http:" + address), new InFlightLimit(1, 1 << 20));
    CompletableFuture<HttpResponse<String>> first = post("a");
    reading.next();
    CompletableFuture<HttpResponse<String>> second = post("b");
    await()
        .until(
            () ->
                Thread.getAllStackTraces().values().stream()
                    .flatMap(java.util.Arrays::stream)
                    .anyMatch(frame -> frame.getMethodName().equals("enter")));
    reading.close();

    assertThat(first.join().statusCode()).isEqualTo(503);
    assertThat(
            second.handle((response, failure) -> failure != null || response.statusCode() == 503))
        .succeedsWithin(java.time.Duration.ofMinutes(1))
        .isEqualTo(true);
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    try (Reading reading = Reading.of("netty-http:" + address)) {
      assertThat(post("x".repeat(100_001)).join().statusCode()).isEqualTo(400);
      assertThat(reading.hasNothing()).isTrue();
    }
  }

  @Test
  void offersNothingWhileItIsPaused() throws Exception {
    try (Reading reading = Reading.of("netty-http:" + address)) {
      CompletableFuture<HttpResponse<String>> before = post("a");
      Batch open = reading.next();
      reading.source().pause();
      CompletableFuture<HttpResponse<String>> meanwhile = post("b");
      reading.done(open);
      assertThat(before.join().statusCode()).isEqualTo(204);
      assertThat(reading.hasNothing()).isTrue();

      reading.source().resume();

      await()
          .until(
              () -> {
                reading.doneWhatIsOffered();
                return meanwhile.isDone();
              });
      // 503 if it came when the server was suspended already.
      assertThat(meanwhile.join().statusCode()).isIn(204, 503);
    }
  }

  @Test
  void saysThatItsPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(
              () -> Reading.of("netty-http:http://127.0.0.1:" + taken.getLocalPort() + "/orders"))
          .havingCause()
          .isInstanceOf(RetriableException.class)
          .satisfies(
              cause ->
                  assertThat(((SluiceException) cause).code())
                      .isEqualTo(CamelError.ENDPOINT_FAILED));
    }
  }
}
