package io.sluice.camel;

import static io.sluice.camel.Writing.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.camel.sink.CamelSinkConfiguration;
import io.sluice.camel.sink.CamelSinkConfiguration.Load;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.sink.WriteResult.NotStored;
import io.sluice.sdk.sink.WriteResult.Stored;
import io.sluice.sdk.sink.WriteResult.Unknown;
import io.sluice.testkit.FreePorts;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSinkTest {
  private static final Position SECOND = new Position(101);

  @ParameterizedTest
  @ValueSource(strings = {"", "netty-http:"})
  void sendsEachRecordInOrder(String component) throws IOException {
    try (HttpPeer peer = HttpPeer.answering(200);
        Writing writing = Writing.of(component + peer.uri())) {
      assertThat(writing.write(batch("a", "b", "c")).join()).isInstanceOf(Stored.class);
      assertThat(peer.bodies()).containsExactly("a", "b", "c");
      assertThat(peer.headers(1))
          .containsEntry("Sluicekeys", java.util.List.of("key-b"))
          .containsEntry("Sluicetag", java.util.List.of("paid"))
          .containsEntry("Sluiceposition", java.util.List.of("101"))
          .containsEntry("City", java.util.List.of("Qingdao"));
    }
  }

  @Test
  void aPropertyOfARecordGivesCamelNoOrders() throws IOException {
    try (HttpPeer peer = HttpPeer.answering(200);
        Writing writing = Writing.of(peer.uri())) {
      // Each record has a property CamelHttpUri, which names another server.
      assertThat(writing.write(batch("a")).join()).isInstanceOf(Stored.class);
      assertThat(peer.bodies()).containsExactly("a");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 503})
  void aServerThatIsBusyHasNothing(int status) throws IOException {
    NotStored result = (NotStored) secondAnswered(status);
    assertThat(result.from()).isEqualTo(SECOND);
    assertThat(result.reason()).isInstanceOf(RetriableException.class);
    assertThat(result.reason().code()).isEqualTo(CamelError.NOT_DELIVERED);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 404, 413})
  void aServerThatRefusesARecordAlwaysWill(int status) throws IOException {
    NotStored result = (NotStored) secondAnswered(status);
    assertThat(result.from()).isEqualTo(SECOND);
    assertThat(result.reason()).isNotInstanceOf(RetriableException.class);
    assertThat(result.reason().code()).isEqualTo(CamelError.REFUSED);
    assertThat(result.reason().message()).contains(Integer.toString(status));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504, HttpPeer.NO_ANSWER})
  void aServerThatFailsMayHaveStoredIt(int status) throws IOException {
    Unknown result = (Unknown) secondAnswered(status);
    assertThat(result.from()).isEqualTo(SECOND);
    assertThat(result.reason().code()).isEqualTo(CamelError.OUTCOME_UNKNOWN);
  }

  /** Nothing is sent behind the record that failed. */
  private static WriteResult secondAnswered(int status) throws IOException {
    try (HttpPeer peer = HttpPeer.answering(body -> body.equals("b") ? status : 200);
        Writing writing = Writing.of(peer.uri() + "?followRedirects=false")) {
      WriteResult result = writing.write(batch("a", "b", "c")).join();
      assertThat(peer.bodies()).startsWith("a", "b").doesNotContain("c");
      return result;
    }
  }

  @Test
  void aServerThatIsNotThereHasNothing() throws IOException {
    try (Writing writing = Writing.of("http://127.0.0.1:" + FreePorts.one())) {
      NotStored result = (NotStored) writing.write(batch("a")).join();
      assertThat(result.reason()).isInstanceOf(RetriableException.class);
      assertThat(result.reason().code()).isEqualTo(CamelError.NOT_DELIVERED);
    }
  }

  @Test
  void aServerThatNeverAnswersMayHaveStoredIt() throws IOException {
    StandingTime time = new StandingTime();
    try (HttpPeer peer = HttpPeer.answering(body -> body.equals("b") ? HttpPeer.NEVER : 200);
        Writing writing = Writing.of(peer.uri(), time)) {
      CompletableFuture<WriteResult> write = writing.write(batch("a", "b", "c"));
      await().until(() -> peer.bodies().contains("b"));
      assertThat(write).isNotDone();

      time.pass();

      Unknown result = (Unknown) write.join();
      assertThat(result.from()).isEqualTo(SECOND);
      assertThat(result.reason().message()).contains("30 s");
    }
  }

  @Test
  void requestsThatHangHoldUpNoMoreThanTheConcurrency() throws IOException {
    StandingTime time = new StandingTime();
    try (HttpPeer peer = HttpPeer.answering(HttpPeer.NEVER);
        Writing writing = Writing.of("netty-http:" + peer.uri(), time)) {
      for (int lane = 0; lane < 5; lane++) {
        writing.write(batch(new Partition("p" + lane, lane), "a"));
      }
      await().until(() -> peer.bodies().size() == 2);
      time.pass();
      assertThat(peer.bodies()).hasSize(2);
    }
  }

  @Test
  void whatCannotBeLookedUpIsSentAgain() throws IOException {
    try (HttpPeer peer = HttpPeer.answering(200);
        Writing writing = Writing.of(peer.uri())) {
      Batch batch = batch("a");
      NotStored result = (NotStored) writing.resolve(batch).join();
      assertThat(result.from()).isEqualTo(batch.first());
      assertThat(result.reason()).isInstanceOf(RetriableException.class);
      assertThat(peer.bodies()).isEmpty();
    }
  }

  @Test
  void sendsNothingWithoutTheLease() throws IOException {
    try (HttpPeer peer = HttpPeer.answering(200);
        Writing writing = Writing.of(peer.uri())) {
      Batch batch = batch("a", "b", "c").under(() -> peer.bodies().isEmpty());
      NotStored result = (NotStored) writing.write(batch).join();
      assertThat(result.from()).isEqualTo(SECOND);
      assertThat(result.reason()).isInstanceOf(RetriableException.class);
      assertThat(peer.bodies()).containsExactly("a");
    }
  }

  @Test
  void aBodyThatTheEndpointCannotTakeIsRefused() throws IOException {
    try (HttpPeer peer = HttpPeer.answering(200);
        Writing writing = Writing.of(Writing.configuration(peer.uri(), Optional.of(Load.BATCH)))) {
      NotStored result = (NotStored) writing.write(batch("a", "b")).join();
      assertThat(result.from()).isEqualTo(new Position(100));
      assertThat(peer.bodies()).isEmpty();
    }
  }

  @Test
  void secretsStayOutOfErrors() throws IOException { // I9
    try (HttpPeer peer = HttpPeer.answering(404)) {
      CamelSinkConfiguration configuration =
          new CamelSinkConfiguration(
              peer.uri() + "?signature=t0k3n",
              Map.of("authMethod", "Basic", "authUsername", "me", "authPassword", "s3cret"),
              Map.of(),
              Map.of("Authorization", "Bearer abc123"),
              Optional.empty(),
              1,
              30);
      try (Writing writing = Writing.of(configuration)) {
        NotStored result = (NotStored) writing.write(batch("a")).join();
        // Camel's own message holds the whole address.
        assertThat(result.reason().message()).contains("404", "signature=***");
        assertThat(result.reason().toString() + result.reason().suggestion() + configuration)
            .doesNotContain("s3cret", "t0k3n", "abc123");
        assertThat(result.reason().getCause()).isNull();
      }
    }
  }
}
