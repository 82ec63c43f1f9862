package io.sluice.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.error.EngineError;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.Landmark;
import io.sluice.sdk.source.ResumePoint;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2CheckpointStoreTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @TempDir Path directory;

  @Test
  void remembersCheckpointsAcrossRuns() {
    Checkpoint orders = checkpoint("orders/0", 17, 1);
    Checkpoint payments =
        new Checkpoint(
            "flow", "payments/0", new ResumePoint(new Position(3), Optional.empty()), 1, NOON);
    try (CheckpointStore store = H2CheckpointStore.open(directory)) {
      assertThat(store.load("flow")).isEmpty();
      assertThat(store.save(List.of(orders, payments))).isEmpty();
    }
    try (CheckpointStore store = H2CheckpointStore.open(directory)) {
      assertThat(store.load("flow"))
          .hasSize(2)
          .containsEntry("orders/0", orders)
          .containsEntry("payments/0", payments);
      assertThat(store.load("another")).isEmpty();
    }
  }

  @Test
  void opensAStoreFromBeforeLandmarks() throws SQLException {
    Checkpoint checkpoint =
        new Checkpoint("flow", "a", new ResumePoint(new Position(3), Optional.empty()), 1, NOON);
    try (CheckpointStore store = H2CheckpointStore.open(directory)) {
      store.save(List.of(checkpoint));
    }
    String url = "jdbc:h2:" + directory.resolve("checkpoints") + ";IFEXISTS=TRUE";
    try (Connection connection = DriverManager.getConnection(url, "sluice", "");
        Statement statement = connection.createStatement()) {
      statement.execute("alter table checkpoint drop column landmark");
      statement.execute("drop table open_retry");
      statement.execute("delete from \"schema_history\" where \"version\" in ('2', '3')");
    }

    try (CheckpointStore store = H2CheckpointStore.open(directory)) {
      assertThat(store.load("flow")).containsEntry("a", checkpoint);
      assertThat(store.save(List.of(checkpoint("a", 4, 1)))).isEmpty();
    }
  }

  @Test
  void keepsRetriesUntilACheckpointHasPassedThem() {
    OpenRetry first = new OpenRetry("flow", "a", new Position(5), 1, NOON, NOON.plusSeconds(10));
    OpenRetry again = new OpenRetry("flow", "a", new Position(5), 2, NOON, NOON.plusSeconds(30));
    OpenRetry later = new OpenRetry("flow", "a", new Position(1, 9), 1, NOON, NOON.plusSeconds(10));
    try (CheckpointStore store = H2CheckpointStore.open(directory)) {
      store.keep(first);
      store.keep(later);
      store.keep(again);
    }
    try (CheckpointStore store = H2CheckpointStore.open(directory)) {
      assertThat(store.retries("flow")).containsExactlyInAnyOrder(again, later);
      assertThat(store.retries("another")).isEmpty();
      store.save(List.of(checkpoint("a", 5, 1), checkpoint("b", 99, 1)));
      assertThat(store.retries("flow")).hasSize(2);
      store.save(List.of(checkpoint("a", 6, 1)));
      assertThat(store.retries("flow")).containsExactly(later);
      store.remove("flow", List.of("a"));
      assertThat(store.retries("flow")).isEmpty();
    }
  }

  @Test // I8
  void noticesARetryThatIsGone() throws SQLException {
    try (CheckpointStore store = H2CheckpointStore.open(directory)) {
      store.keep(new OpenRetry("flow", "a", new Position(5), 1, NOON, NOON));
    }
    String url = "jdbc:h2:" + directory.resolve("checkpoints") + ";IFEXISTS=TRUE";
    try (Connection connection = DriverManager.getConnection(url, "sluice", "");
        Statement statement = connection.createStatement()) {
      statement.execute("delete from open_retry");
    }

    assertThatThrownBy(() -> H2CheckpointStore.open(directory))
        .hasFieldOrPropertyWithValue("code", EngineError.STORE_CORRUPT);
  }

  @Test
  void neverMovesAPositionBackwards() {
    try (CheckpointStore store = H2CheckpointStore.open(directory)) {
      store.save(List.of(checkpoint("a", 10, 1), checkpoint("b", 10, 1)));

      List<Checkpoint> refused = store.save(List.of(checkpoint("a", 9, 1), checkpoint("b", 11, 1)));

      assertThat(refused).containsExactly(checkpoint("a", 9, 1));
      assertThat(store.load("flow").get("a").position()).isEqualTo(new Position(10));
      assertThat(store.load("flow").get("b").position()).isEqualTo(new Position(11));
    }
  }

  @Test
  void savesWhatIsNewBesideWhatMovesOnAndOnePartitionTwice() {
    List<Checkpoint> mixed =
        List.of(
            checkpoint("new", 1, 1),
            checkpoint("a", 11, 1),
            checkpoint("new", 3, 1),
            checkpoint("b", 9, 1),
            checkpoint("a", 12, 1),
            checkpoint("new", 2, 1));
    try (CheckpointStore store = H2CheckpointStore.open(directory)) {
      store.save(List.of(checkpoint("a", 10, 1), checkpoint("b", 10, 1)));

      assertThat(store.save(mixed)).containsExactly(checkpoint("b", 9, 1), checkpoint("new", 2, 1));
    }
    try (CheckpointStore store = H2CheckpointStore.open(directory)) { // which verifies the digest
      assertThat(store.load("flow"))
          .hasSize(3)
          .containsEntry("a", checkpoint("a", 12, 1))
          .containsEntry("b", checkpoint("b", 10, 1))
          .containsEntry("new", checkpoint("new", 3, 1));
    }
  }

  @Test
  void movesBackwardsOnlyByAResetThatShutsOutTheOldEpoch() {
    try (CheckpointStore store = H2CheckpointStore.open(directory)) {
      store.save(List.of(checkpoint("a", 10, 1)));

      Checkpoint reset = store.reset(checkpoint("a", 4, 1));

      assertThat(reset).isEqualTo(checkpoint("a", 4, 2));
      assertThat(store.save(List.of(checkpoint("a", 12, 1)))).hasSize(1);
      assertThat(store.load("flow")).containsEntry("a", reset);
      assertThat(store.save(List.of(checkpoint("a", 5, 2)))).isEmpty();
    }
  }

  @Test
  void resetsAPartitionThatHasNoCheckpoint() {
    try (CheckpointStore store = H2CheckpointStore.open(directory)) {
      assertThat(store.reset(checkpoint("a", 4, 7))).isEqualTo(checkpoint("a", 4, 1));
    }
  }

  static Checkpoint checkpoint(String partition, long position, long epoch) {
    return new Checkpoint(
        "flow",
        partition,
        new ResumePoint(
            new Position(position),
            Optional.of(new TargetPosition("target/" + partition, position)),
            Optional.of(new Landmark(position + "@1000"))),
        epoch,
        NOON);
  }
}
