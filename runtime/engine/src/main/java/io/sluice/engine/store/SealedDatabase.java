package io.sluice.engine.store;

import io.sluice.engine.error.EngineError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * An open database that was seen to be whole and the latest one, and the seal that keeps it so.
 *
 * <p>H2 opens a truncated file at an older commit without a word, and makes a new database where a
 * file was deleted. So each commit counts a generation up, is forced to disk, and only then written
 * to the seal: at any instant the durable database is at its seal or one commit ahead, and whoever
 * finds it behind knows that something was lost (I8). {@code kill -9} and power loss, whenever they
 * strike, leave one of these two states, never one that looks like a rollback.
 *
 * <p>A database comes into being under another name, and is renamed when it is complete; before its
 * first commit it may be found without a seal.
 */
final class SealedDatabase implements AutoCloseable {
  private static final String DATABASE = "checkpoints";
  private static final String UNFINISHED = "checkpoints-unfinished";
  private static final String SUFFIX = ".mv.db";
  private static final String SEAL = "checkpoints.seal";

  private final CheckpointDatabase database;
  private final Path seal;
  private long sealed;

  /**
   * What was read since the last change: flows that start one after another each ask for theirs.
   */
  private Optional<CheckpointDatabase.Content> unchanged = Optional.empty();

  private SealedDatabase(CheckpointDatabase database, Path seal, long sealed) {
    this.database = database;
    this.seal = seal;
    this.sealed = sealed;
  }

  /**
   * Opens the database of a directory, or makes one where there never was one.
   *
   * @param fileSystem prefix of an H2 file system, such as {@code nio:}, or nothing
   */
  static SealedDatabase open(Path directory, String fileSystem) {
    Path file = directory.resolve(DATABASE + SUFFIX);
    try {
      Optional<Seal> seal = Seal.read(directory.resolve(SEAL));
      if (!Files.exists(file)) {
        if (seal.isPresent()) {
          throw StoreFailure.of(
              EngineError.STORE_MISSING, file, "the database is gone, but its seal is there");
        }
        create(directory, fileSystem);
      } else if (Files.size(file) == 0) {
        throw StoreFailure.of(EngineError.STORE_EMPTIED, file, "the database file is empty");
      }
      String url = url(directory, fileSystem, DATABASE);
      return verified(CheckpointDatabase.open(url, file, false), file, seal);
    } catch (IOException | SQLException | RuntimeException | Error failure) {
      throw StoreFailure.of(file, failure, EngineError.STORE_CORRUPT);
    }
  }

  private static void create(Path directory, String fileSystem) {
    Path unfinished = directory.resolve(UNFINISHED + SUFFIX);
    try {
      Files.deleteIfExists(unfinished);
      String url = url(directory, fileSystem, UNFINISHED);
      try (CheckpointDatabase young = CheckpointDatabase.open(url, unfinished, true)) {
        young.initialize(CheckpointDatabase.State.of(UUID.randomUUID(), 0, 0));
      }
      Durably.move(unfinished, directory.resolve(DATABASE + SUFFIX));
    } catch (IOException | SQLException | RuntimeException failure) {
      throw StoreFailure.of(directory, failure, EngineError.STORE_UNWRITABLE);
    }
  }

  private static SealedDatabase verified(
      CheckpointDatabase database, Path file, Optional<Seal> seal) {
    try {
      CheckpointDatabase.Content content = database.read();
      CheckpointDatabase.State state = content.state();
      check(file, state, seal);
      SealedDatabase opened =
          new SealedDatabase(
              database, file.resolveSibling(SEAL), seal.map(Seal::generation).orElse(-1L));
      opened.seal(state); // what a crash left open
      opened.unchanged = Optional.of(content);
      return opened;
    } catch (RuntimeException | Error failure) {
      database.close();
      throw failure;
    }
  }

  private static void check(Path file, CheckpointDatabase.State state, Optional<Seal> seal) {
    if (seal.isEmpty()) {
      if (state.generation() > 0) {
        throw StoreFailure.of(
            EngineError.STORE_SEAL_MISSING, file, "the file " + SEAL + " beside it is gone");
      }
      return;
    }
    if (!state.store().equals(seal.get().store())) {
      throw StoreFailure.of(
          EngineError.STORE_FOREIGN, file, "the file " + SEAL + " belongs to another store");
    }
    if (state.generation() < seal.get().generation()) {
      throw StoreFailure.of(
          EngineError.STORE_ROLLED_BACK,
          file,
          "it holds commit "
              + state.generation()
              + ", but commit "
              + seal.get().generation()
              + " was written");
    }
  }

  /** See {@link CheckpointDatabase#read}. */
  CheckpointDatabase.Content read() {
    if (unchanged.isEmpty()) {
      unchanged = Optional.of(database.read());
    }
    return unchanged.get();
  }

  /** See {@link CheckpointDatabase#change}; what it changed is sealed when it returns. */
  void change(Function<Handle, List<Change>> change) {
    unchanged = Optional.empty();
    seal(database.change(change));
  }

  private void seal(CheckpointDatabase.State state) {
    if (state.generation() == sealed) {
      return;
    }
    try {
      new Seal(state.store(), state.generation()).write(seal);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    sealed = state.generation();
  }

  private static String url(Path directory, String fileSystem, String name) {
    return "jdbc:h2:" + fileSystem + directory.resolve(name);
  }

  @Override
  public void close() {
    database.close();
  }
}
