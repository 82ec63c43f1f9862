package io.sluice.engine.store;

import static io.sluice.engine.store.H2CheckpointStoreTest.checkpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.sdk.error.SluiceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage to the store's files: each stops it with a code, and none moves a position (I8). */
class StoreDamageTest {
  private static final String DATABASE = "checkpoints.mv.db";
  private static final String SEAL = "checkpoints.seal";
  private static final int COMMITS = 12;

  @TempDir Path directory;

  @Test
  void neverOpensATruncatedDatabaseAtAnOlderCommit() throws IOException {
    Map<String, Checkpoint> whole = commits();
    byte[] database = Files.readAllBytes(directory.resolve(DATABASE));
    byte[] seal = Files.readAllBytes(directory.resolve(SEAL));
    for (int part = 1; part < 16; part++) {
      int length = (int) ((long) database.length * part / 16);
      Path place = copy("truncated-" + part, Arrays.copyOf(database, length), seal);
      assertThat(codeOrContent(place, whole))
          .as("truncated to %s of %s bytes", length, database.length)
          .isIn("store.corrupt", "store.rolled-back", "whole");
    }
    assertThat(codeOrContent(copy("full", database, seal), whole)).isEqualTo("whole");
  }

  @Test
  void neverTakesAFlippedBitForAPosition() throws IOException {
    Map<String, Checkpoint> whole = commits();
    byte[] database = Files.readAllBytes(directory.resolve(DATABASE));
    byte[] seal = Files.readAllBytes(directory.resolve(SEAL));
    long number = Long.getLong("sluice.seed", System.nanoTime());
    Random random = new Random(number);
    for (int flip = 0; flip < 60; flip++) {
      int place = random.nextInt(database.length);
      byte[] damaged = database.clone();
      damaged[place] ^= (byte) (1 << random.nextInt(8));
      assertThat(codeOrContent(copy("flipped-" + flip, damaged, seal), whole))
          .as("bit flipped in byte %s, -Dsluice.seed=%s", place, number)
          .isIn("store.corrupt", "store.rolled-back", "store.newer-version", "whole");
    }
  }

  @Test
  void neverTakesAChangedRowForACheckpoint() throws SQLException {
    commits();
    execute("update checkpoint set next_position = next_position - 1 where partition_name = 'a'");

    assertThat(code()).isEqualTo("store.corrupt");
  }

  @Test
  void noticesALostRow() throws SQLException {
    commits();
    execute("delete from checkpoint where partition_name = 'a'");

    assertThat(code()).isEqualTo("store.corrupt");
  }

  @Test
  void noticesThatTheDatabaseWasReplacedByAnOlderCopy() throws IOException {
    try (CheckpointStore store = H2CheckpointStore.open(directory)) {
      store.save(List.of(checkpoint("a", 1, 1)));
    }
    byte[] older = Files.readAllBytes(directory.resolve(DATABASE));
    commits();
    Files.write(directory.resolve(DATABASE), older);

    assertThat(code()).isEqualTo("store.rolled-back");
  }

  @Test
  void noticesADatabaseOfAnotherStore() throws IOException {
    commits();
    Path other = directory.resolve("other");
    try (CheckpointStore store = H2CheckpointStore.open(other)) {
      store.save(List.of(checkpoint("a", 1, 1)));
    }
    Files.write(directory.resolve(DATABASE), Files.readAllBytes(other.resolve(DATABASE)));

    assertThat(code()).isEqualTo("store.foreign");
  }

  @Test
  void noticesADeletedDatabase() throws IOException {
    commits();
    Files.delete(directory.resolve(DATABASE));

    assertThat(code()).isEqualTo("store.missing");
  }

  @Test
  void noticesAnEmptiedDatabase() throws IOException {
    commits();
    Files.write(directory.resolve(DATABASE), new byte[0]);

    assertThat(code()).isEqualTo("store.emptied");
  }

  @Test
  void noticesADeletedSeal() throws IOException {
    commits();
    Files.delete(directory.resolve(SEAL));

    assertThat(code()).isEqualTo("store.seal-missing");
  }

  @Test
  void noticesADamagedSeal() throws IOException {
    commits();
    byte[] seal = Files.readAllBytes(directory.resolve(SEAL));
    for (int place = 0; place < seal.length; place++) {
      byte[] damaged = seal.clone();
      damaged[place] ^= 1;
      Files.write(directory.resolve(SEAL), damaged);
      assertThatExceptionOfType(SluiceException.class)
          .isThrownBy(() -> Seal.read(directory.resolve(SEAL)))
          .satisfies(damage -> assertThat(damage.code().id()).isEqualTo("store.corrupt"));
    }
    Files.write(directory.resolve(SEAL), Arrays.copyOf(seal, seal.length / 2));
    assertThat(code()).isEqualTo("store.corrupt");
  }

  @Test
  void leavesTheStoreOfANewerVersionAlone() throws SQLException {
    commits();
    execute(
        "insert into \"schema_history\" select max(\"installed_rank\") + 1, '99', 'to come', 'SQL',"
            + " 'V99__to_come.sql', 0, 'sluice', current_timestamp, 1, true"
            + " from \"schema_history\"");

    assertThat(code()).isEqualTo("store.newer-version");
  }

  @Test
  void isOpenOnce() {
    try (CheckpointStore first = H2CheckpointStore.open(directory)) {
      assertThat(code()).isEqualTo("store.locked");
      first.save(List.of(checkpoint("a", 1, 1)));
    }
    assertThat(codeOrContent(directory, Map.of("a", checkpoint("a", 1, 1)))).isEqualTo("whole");
  }

  @Test
  void isNotOpenedBesideSomebodyWhoUsesH2Itself() throws IOException {
    commits();
    try (FileChannel other =
        FileChannel.open(directory.resolve(DATABASE), StandardOpenOption.WRITE)) {
      assertThat(other.lock().isValid()).isTrue();
      assertThat(code()).isEqualTo("store.locked");
    }
  }

  @Test
  void saysThatADirectoryCannotBeUsed() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    for (Path place : List.of(file, file.resolve("below"), directory.resolve("a;b"))) {
      assertThatExceptionOfType(SluiceException.class)
          .isThrownBy(() -> H2CheckpointStore.open(place))
          .satisfies(failure -> assertThat(failure.code().id()).isEqualTo("store.unwritable"));
    }
  }

  @Test
  void canBeOpenedAgainOnceTheRightFilesAreBack() throws IOException {
    Map<String, Checkpoint> whole = commits();
    byte[] database = Files.readAllBytes(directory.resolve(DATABASE));
    Files.delete(directory.resolve(DATABASE));
    assertThat(code()).isEqualTo("store.missing");

    Files.write(directory.resolve(DATABASE), database);

    assertThat(codeOrContent(directory, whole)).isEqualTo("whole");
  }

  /** Several commits, so that the file holds older states that H2 could fall back to. */
  private Map<String, Checkpoint> commits() {
    try (CheckpointStore store = H2CheckpointStore.open(directory)) {
      for (int commit = 1; commit <= COMMITS; commit++) {
        store.save(List.of(checkpoint("a", commit * 1_000L, 1), checkpoint("b", commit, 1)));
      }
      return store.load("flow");
    }
  }

  private String code() {
    return codeOrContent(directory, Map.of());
  }

  private static String codeOrContent(Path place, Map<String, Checkpoint> whole) {
    try (CheckpointStore store = H2CheckpointStore.open(place)) {
      Map<String, Checkpoint> found = store.load("flow");
      return found.equals(whole) ? "whole" : "silently " + found;
    } catch (SluiceException damage) {
      assertThat(damage.suggestion()).isNotEmpty();
      return damage.code().id();
    }
  }

  /** A directory of its own: after some damage H2 keeps the file open until the JVM ends. */
  private Path copy(String name, byte[] database, byte[] seal) throws IOException {
    Path place = Files.createDirectory(directory.resolve(name));
    Files.write(place.resolve(DATABASE), database);
    Files.write(place.resolve(SEAL), seal);
    return place;
  }

  private Path database() {
    return directory.resolve("checkpoints");
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:h2:" + database(), "sluice", "");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
