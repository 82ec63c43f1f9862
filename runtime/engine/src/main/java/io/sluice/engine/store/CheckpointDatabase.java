package io.sluice.engine.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sluice.engine.error.EngineError;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * An open H2 database of checkpoints. It knows whether its content is what was written; whether
 * that is the latest that was written, its {@link Seal} knows.
 *
 * <p>H2 is set up to write at each commit, to leave no trace file beside the database, and not to
 * close it behind our back when the JVM ends.
 */
final class CheckpointDatabase implements AutoCloseable {
  private static final String SETTINGS =
      ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";
  private static final String USER = "sluice";
  private static final int CONNECTION_TIMEOUT_MS = 2_000;

  /**
   * What the database says of itself.
   *
   * @param store identity of the store
   * @param generation number of durable commits
   * @param shares sum of the rows' digests
   * @param digest of the three
   */
  record State(UUID store, long generation, long shares, String digest) {
    static State of(UUID store, long generation, long shares) {
      return new State(store, generation, shares, Digest.whole(store, generation, shares));
    }

    boolean fits(long sum) {
      return sum == shares && digest.equals(Digest.whole(store, generation, shares));
    }
  }

  /** A state and what it covers. */
  record Content(State state, List<Checkpoint> checkpoints, List<OpenRetry> retries) {
    boolean fits() {
      long sum =
          checkpoints.stream().mapToLong(Digest::share).sum()
              + retries.stream().mapToLong(Digest::share).sum();
      return state.fits(sum);
    }
  }

  private final Path file;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private CheckpointDatabase(Path file, HikariDataSource pool) {
    this.file = file;
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  /**
   * Opens or creates a database and brings its schema up to date.
   *
   * @param url {@code jdbc:h2:} URL without settings
   * @param file what errors name as their place
   */
  static CheckpointDatabase open(String url, Path file, boolean create) throws SQLException {
    String settings = url + SETTINGS + (create ? "" : ";IFEXISTS=TRUE");
    // A pool tries a broken database for a while before it gives up; this says at once what is up.
    Connection first = DriverManager.getConnection(settings, USER, "");
    try {
      return pooled(settings, file);
    } finally {
      first.close();
    }
  }

  private static CheckpointDatabase pooled(String url, Path file) {
    HikariDataSource pool = pool(url);
    try {
      migrate(pool, file);
      return new CheckpointDatabase(file, pool);
    } catch (RuntimeException | Error failure) {
      pool.close();
      throw failure;
    }
  }

  private static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("sluice-checkpoints");
    config.setJdbcUrl(url);
    config.setUsername(USER);
    config.setPassword("");
    config.setMaximumPoolSize(2); // Flyway takes a second one
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
    return new HikariDataSource(config);
  }

  private static void migrate(HikariDataSource pool, Path file) {
    Flyway flyway =
        Flyway.configure(CheckpointDatabase.class.getClassLoader())
            .dataSource(pool)
            .locations("classpath:io/sluice/engine/store/migration")
            .table("schema_history")
            .load();
    MigrationInfoService known = flyway.info();
    for (MigrationInfo migration : known.all()) {
      if (migration.getState().isApplied() && !migration.getState().isResolved()) {
        throw StoreFailure.of(
            EngineError.STORE_NEWER_VERSION,
            file,
            "the store has version " + migration.getVersion() + ", which is unknown here");
      }
    }
    if (known.pending().length > 0) {
      flyway.migrate();
    }
  }

  /** Writes the state of a store that has no checkpoints. */
  void initialize(State state) {
    jdbi.useHandle(
        handle -> {
          handle.execute(
              "insert into store_state (store_id, generation, shares, digest)"
                  + " values (?, ?, ?, ?)",
              state.store(),
              state.generation(),
              state.shares(),
              state.digest());
          force(handle);
        });
  }

  /**
   * Everything, seen to be what was written.
   *
   * @throws io.sluice.sdk.error.SluiceException {@code store.corrupt}
   */
  Content read() {
    Content content =
        jdbi.inTransaction(
            handle -> new Content(state(handle), Checkpoints.all(handle), OpenRetries.all(handle)));
    if (!content.fits()) {
      throw StoreFailure.of(
          EngineError.STORE_CORRUPT, file, "the checkpoints do not match their digest");
    }
    return content;
  }

  /**
   * Changes rows in one commit, which is durable when this returns.
   *
   * @param change answers what it changed
   * @return the state after it; the same as before if nothing changed
   */
  State change(Function<Handle, List<Change>> change) {
    return jdbi.withHandle(
        handle -> {
          State before = state(handle);
          State after = handle.inTransaction(same -> changed(same, before, change.apply(same)));
          if (!after.equals(before)) {
            force(handle);
          }
          return after;
        });
  }

  private static State changed(Handle handle, State before, List<Change> changes) {
    if (changes.isEmpty()) {
      return before;
    }
    long shares = before.shares();
    for (Change one : changes) {
      shares += one.difference();
    }
    State after = State.of(before.store(), before.generation() + 1, shares);
    update(handle, after);
    return after;
  }

  private static void update(Handle handle, State state) {
    handle.execute(
        "update store_state set generation = ?, shares = ?, digest = ?",
        state.generation(),
        state.shares(),
        state.digest());
  }

  private State state(Handle handle) {
    List<State> states =
        handle
            .createQuery("select store_id, generation, shares, digest from store_state")
            .map(
                (row, context) ->
                    new State(
                        row.getObject("store_id", UUID.class),
                        row.getLong("generation"),
                        row.getLong("shares"),
                        row.getString("digest")))
            .list();
    if (states.size() != 1) {
      throw StoreFailure.of(
          EngineError.STORE_CORRUPT, file, "it has " + states.size() + " states instead of one");
    }
    return states.get(0);
  }

  /** H2 writes at commit, but only this makes the system write to the disk. */
  private static void force(Handle handle) {
    handle.execute("checkpoint sync");
  }

  @Override
  public void close() {
    pool.close();
  }
}
