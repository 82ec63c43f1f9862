package io.sluice.engine.store;

import io.sluice.engine.error.EngineError;
import io.sluice.sdk.error.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checkpoints in an embedded H2 file, with a seal beside it that tells a broken store from a young
 * one (I8). Everything lies in one directory, which one process at a time may use. Thread-safe.
 *
 * <p>An older copy of database and seal together cannot be told from the real ones; it costs
 * records read twice, never lost ones.
 */
public final class H2CheckpointStore implements CheckpointStore {
  private final Path directory;
  private final String fileSystem;
  private final DirectoryLock lock;
  private Optional<SealedDatabase> database = Optional.empty();
  private boolean closed;

  private H2CheckpointStore(Path directory, String fileSystem, DirectoryLock lock) {
    this.directory = directory;
    this.fileSystem = fileSystem;
    this.lock = lock;
  }

  /**
   * Opens the store of a directory, or makes one where there is none. Blocks for some 100 ms, in a
   * young JVM for a second.
   *
   * @param directory made if missing
   * @throws SluiceException {@code store.*}
   */
  public static H2CheckpointStore open(Path directory) {
    return open(directory, "");
  }

  /**
   * @param fileSystem prefix of an H2 file system, such as {@code nio:}, or nothing
   */
  static H2CheckpointStore open(Path directory, String fileSystem) {
    Path place = directory.toAbsolutePath();
    if (place.toString().contains(";")) {
      throw StoreFailure.of(
          EngineError.STORE_UNWRITABLE, place, "H2 takes no path that contains a semicolon");
    }
    try {
      Files.createDirectories(place);
    } catch (IOException failure) {
      throw StoreFailure.of(place, failure, EngineError.STORE_UNWRITABLE);
    }
    H2CheckpointStore store = new H2CheckpointStore(place, fileSystem, DirectoryLock.take(place));
    try {
      store.database();
      return store;
    } catch (RuntimeException | Error failure) {
      store.close();
      throw failure;
    }
  }

  @Override
  public synchronized Map<String, Checkpoint> load(String flow) {
    Map<String, Checkpoint> found = new HashMap<>();
    // All rows, because only all of them can be seen to be what was written: a query by flow goes
    // by an index, which has its own copy of the names.
    for (Checkpoint checkpoint : guarded(SealedDatabase::read).checkpoints()) {
      if (checkpoint.flow().equals(flow)) {
        found.put(checkpoint.partition(), checkpoint);
      }
    }
    return Map.copyOf(found);
  }

  @Override
  public synchronized List<Checkpoint> save(List<Checkpoint> checkpoints) {
    List<Checkpoint> refused = new ArrayList<>();
    return guarded(
        open -> {
          open.change(
              handle -> {
                List<Change> changes = new ArrayList<>();
                boolean retries = OpenRetries.exist(handle);
                Iterator<Optional<Checkpoints.Moved>> moved =
                    Checkpoints.save(
                            handle, checkpoints.stream().map(H2CheckpointStore::storable).toList())
                        .iterator();
                for (Checkpoint checkpoint : checkpoints) {
                  Optional<Change> change = moved.next().map(Checkpoints.Moved::change);
                  if (change.isEmpty()) {
                    refused.add(checkpoint);
                  } else {
                    changes.add(change.get());
                    if (retries) {
                      changes.addAll(OpenRetries.removeBefore(handle, checkpoint));
                    }
                  }
                }
                return changes;
              });
          return refused;
        });
  }

  @Override
  public synchronized Checkpoint reset(Checkpoint checkpoint) {
    List<Checkpoint> written = new ArrayList<>();
    return guarded(
        open -> {
          open.change(
              handle -> {
                Checkpoints.Moved moved = Checkpoints.reset(handle, storable(checkpoint));
                written.add(moved.after().orElseThrow());
                return List.of(moved.change());
              });
          return written.get(0);
        });
  }

  @Override
  public synchronized void remove(String flow, Collection<String> partitions) {
    guarded(
        open -> {
          open.change(
              handle -> {
                List<Change> changes = new ArrayList<>();
                for (String partition : partitions) {
                  Checkpoints.remove(handle, flow, partition)
                      .map(Checkpoints.Moved::change)
                      .ifPresent(changes::add);
                  changes.addAll(OpenRetries.remove(handle, flow, partition));
                }
                return changes;
              });
          return partitions;
        });
  }

  @Override
  public synchronized List<OpenRetry> retries(String flow) {
    return guarded(SealedDatabase::read).retries().stream()
        .filter(retry -> retry.flow().equals(flow))
        .toList();
  }

  @Override
  public synchronized void keep(OpenRetry retry) {
    guarded(
        open -> {
          open.change(handle -> List.of(OpenRetries.keep(handle, storable(retry))));
          return retry;
        });
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      release();
      lock.close();
    }
  }

  /**
   * H2 closes itself on a failed write, so after any failure the next call opens it anew, which
   * also brings up a seal that could not be written.
   */
  private <T> T guarded(Function<SealedDatabase, T> action) {
    SealedDatabase open = database();
    try {
      return action.apply(open);
    } catch (SluiceException known) {
      release();
      throw known;
    } catch (RuntimeException | Error failure) {
      release();
      throw StoreFailure.passing(directory, failure);
    }
  }

  private SealedDatabase database() {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
    if (database.isEmpty()) {
      database = Optional.of(SealedDatabase.open(directory, fileSystem));
    }
    return database.get();
  }

  private void release() {
    database.ifPresent(SealedDatabase::close);
    database = Optional.empty();
  }

  private static OpenRetry storable(OpenRetry retry) {
    return new OpenRetry(
        retry.flow(),
        retry.partition(),
        retry.position(),
        retry.attempts(),
        retry.first().truncatedTo(ChronoUnit.MILLIS),
        retry.due().truncatedTo(ChronoUnit.MILLIS));
  }

  /** To the precision of the database, so that digests agree. */
  private static Checkpoint storable(Checkpoint checkpoint) {
    return new Checkpoint(
        checkpoint.flow(),
        checkpoint.partition(),
        checkpoint.point(),
        checkpoint.epoch(),
        checkpoint.updated().truncatedTo(ChronoUnit.MILLIS));
  }
}
