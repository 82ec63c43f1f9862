package io.sluice.engine.store;

import static io.sluice.engine.store.H2CheckpointStoreTest.checkpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process dies, or the disk fills, at every write of the database. */
class StoreCrashTest {
  private static final String FAILING = FailingDisk.SCHEME + ":";

  @TempDir Path directory;

  @BeforeEach
  @AfterEach
  void heal() {
    FailingDisk.heal();
  }

  @Test // I2, I8
  void holdsEveryAcknowledgedCheckpointWhereverAWriteIsCutOff() throws IOException {
    Path young = directory.resolve("young");
    saved(young, 1);
    for (int writes = 0; writes < 24; writes++) {
      Path place = Files.createDirectory(directory.resolve("dies-at-" + writes));
      for (String file : List.of("checkpoints.mv.db", "checkpoints.seal")) {
        Files.copy(young.resolve(file), place.resolve(file));
      }

      long acknowledged = saveUntilKilled(place, writes);

      try (CheckpointStore store = H2CheckpointStore.open(place)) {
        assertThat(store.load("flow").get("a").position().offset())
            .as("killed at write %s", writes)
            .isBetween(acknowledged, acknowledged + 1);
      }
    }
  }

  /** By default H2 does so after 45 s. Version 2.5.252 then did not find its last commit again. */
  @Test // I2, I8
  void holdsEveryCheckpointWhenTheDatabaseUsesItsSpaceAgain() throws Exception {
    Path place = directory.resolve("running");
    try (CheckpointStore store = H2CheckpointStore.open(place)) {
      useSpaceAgainAtOnce(place);
      for (int position = 1; position < 60; position++) {
        store.save(List.of(checkpoint("a", position, 1), checkpoint("b", position, 1)));
        Path killed = copy(place, directory.resolve("killed-at-" + position));
        try (CheckpointStore copy = H2CheckpointStore.open(killed)) {
          assertThat(copy.load("flow").get("a").position().offset()).isEqualTo(position);
        }
      }
    }
  }

  private static void useSpaceAgainAtOnce(Path place) throws SQLException {
    String url = "jdbc:h2:" + place.resolve("checkpoints") + ";IFEXISTS=TRUE";
    try (Connection connection = DriverManager.getConnection(url, "sluice", "");
        Statement statement = connection.createStatement()) {
      statement.execute("set retention_time 0");
    }
  }

  /** What a process leaves that is killed now. */
  private static Path copy(Path running, Path place) throws IOException {
    Files.createDirectory(place);
    for (String file : List.of("checkpoints.mv.db", "checkpoints.seal")) {
      Files.copy(running.resolve(file), place.resolve(file));
    }
    return place;
  }

  @Test // I8
  void isMadeAnewWhenItsMakingWasCutOff() throws IOException {
    for (int writes = 0; writes < 30; writes += 3) {
      Path place = directory.resolve("made-until-" + writes);
      FailingDisk.failAfter(writes, "killed");
      try {
        H2CheckpointStore.open(place, FAILING).close();
      } catch (SluiceException killed) {
        assertThat(killed.code().id()).isEqualTo("store.unwritable");
      }
      FailingDisk.heal();

      try (CheckpointStore store = H2CheckpointStore.open(place)) {
        assertThat(store.load("flow")).as("killed at write %s", writes).isEmpty();
      }
    }
  }

  @Test // I8
  void opensWhenItWasKilledBetweenItsMakingAndItsFirstSeal() throws IOException {
    H2CheckpointStore.open(directory).close();
    Files.delete(directory.resolve("checkpoints.seal"));

    saved(directory, 5);

    try (CheckpointStore store = H2CheckpointStore.open(directory)) {
      assertThat(store.load("flow")).hasSize(1);
    }
  }

  @Test // I8
  void opensWhenItWasKilledBetweenACommitAndItsSeal() throws IOException {
    saved(directory, 1);
    byte[] seal = Files.readAllBytes(directory.resolve("checkpoints.seal"));
    saved(directory, 2);
    Files.write(directory.resolve("checkpoints.seal"), seal);
    Files.writeString(directory.resolve("checkpoints.seal.new"), "half a se");

    saved(directory, 3);

    assertThat(position()).isEqualTo(3);
  }

  @Test
  void reportsAFullDiskAndGoesOnWhenThereIsRoomAgain() {
    try (CheckpointStore store = H2CheckpointStore.open(directory, FAILING)) {
      store.save(List.of(checkpoint("a", 1, 1)));
      FailingDisk.failAfter(0, "No space left on device");

      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatExceptionOfType(RetriableException.class)
            .isThrownBy(() -> store.save(List.of(checkpoint("a", 2, 1))))
            .satisfies(full -> assertThat(full.code().id()).isEqualTo("store.disk-full"));
      }
      FailingDisk.heal();

      assertThat(store.save(List.of(checkpoint("a", 2, 1)))).isEmpty();
      assertThat(store.load("flow")).containsEntry("a", checkpoint("a", 2, 1));
    }
  }

  @Test
  void reportsADiskThatIsFullFromTheBeginning() {
    FailingDisk.failAfter(0, "No space left on device");

    assertThatExceptionOfType(SluiceException.class)
        .isThrownBy(() -> H2CheckpointStore.open(directory, FAILING))
        .satisfies(full -> assertThat(full.code().id()).isEqualTo("store.disk-full"));
  }

  /** Answers the last position whose save returned. */
  private static long saveUntilKilled(Path place, int writes) {
    long acknowledged = 1;
    CheckpointStore store;
    FailingDisk.failAfter(writes, "killed");
    try {
      store = H2CheckpointStore.open(place, FAILING);
    } catch (SluiceException killed) {
      FailingDisk.heal();
      return acknowledged;
    }
    try {
      for (int position = 2; position < 100; position++) {
        store.save(List.of(checkpoint("a", position, 1)));
        acknowledged = position;
      }
    } catch (SluiceException killed) {
      assertThat(killed).isInstanceOf(RetriableException.class);
    } finally {
      store.close();
      FailingDisk.heal();
    }
    return acknowledged;
  }

  private static void saved(Path place, long position) {
    try (CheckpointStore store = H2CheckpointStore.open(place)) {
      store.save(List.of(checkpoint("a", position, 1)));
    }
  }

  private long position() {
    try (CheckpointStore store = H2CheckpointStore.open(directory)) {
      return store.load("flow").get("a").position().offset();
    }
  }
}
