package io.sluice.engine.store;

import io.sluice.sdk.batch.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The SQL of retries. */
final class OpenRetries {
  private static final String OF_PARTITION = " where flow = :flow and partition_name = :partition";
  private static final String OF_RECORD =
      OF_PARTITION + " and incarnation = :incarnation and record_position = :position";

  private OpenRetries() {}

  static List<OpenRetry> all(Handle handle) {
    return handle.createQuery("select * from open_retry").map((row, context) -> retry(row)).list();
  }

  /** Whether there is any, of whatever flow: mostly there is none. */
  static boolean exist(Handle handle) {
    return handle
        .createQuery("select 1 from open_retry limit 1")
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** Inserts a retry, or replaces its row. */
  static Change keep(Handle handle, OpenRetry retry) {
    Optional<OpenRetry> before =
        handle
            .createQuery("select * from open_retry" + OF_RECORD)
            .bind("flow", retry.flow())
            .bind("partition", retry.partition())
            .bind("incarnation", retry.position().incarnation())
            .bind("position", retry.position().offset())
            .map((row, context) -> retry(row))
            .findOne();
    String sql =
        before.isEmpty()
            ? "insert into open_retry (flow, partition_name, incarnation, record_position,"
                + " attempts, first_failure, due) values (:flow, :partition, :incarnation,"
                + " :position, :attempts, :first, :due)"
            : "update open_retry set attempts = :attempts, first_failure = :first, due = :due"
                + OF_RECORD;
    bind(handle.createUpdate(sql), retry).execute();
    return new Change(before.map(Digest::share), Optional.of(Digest.share(retry)));
  }

  /** Deletes the retries that lie before a checkpoint. */
  static List<Change> removeBefore(Handle handle, Checkpoint checkpoint) {
    return remove(
        handle, checkpoint.flow(), checkpoint.partition(), Optional.of(checkpoint.position()));
  }

  /** Deletes all retries of a partition. */
  static List<Change> remove(Handle handle, String flow, String partition) {
    return remove(handle, flow, partition, Optional.empty());
  }

  private static List<Change> remove(
      Handle handle, String flow, String partition, Optional<Position> before) {
    List<OpenRetry> over =
        handle
            .createQuery("select * from open_retry" + OF_PARTITION)
            .bind("flow", flow)
            .bind("partition", partition)
            .map((row, context) -> retry(row))
            .stream()
            .filter(retry -> before.isEmpty() || retry.position().isBefore(before.get()))
            .toList();
    for (OpenRetry retry : over) {
      handle
          .createUpdate("delete from open_retry" + OF_RECORD)
          .bind("flow", flow)
          .bind("partition", partition)
          .bind("incarnation", retry.position().incarnation())
          .bind("position", retry.position().offset())
          .execute();
    }
    return over.stream()
        .map(retry -> new Change(Optional.of(Digest.share(retry)), Optional.empty()))
        .toList();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, OpenRetry retry) {
    return statement
        .bind("flow", retry.flow())
        .bind("partition", retry.partition())
        .bind("incarnation", retry.position().incarnation())
        .bind("position", retry.position().offset())
        .bind("attempts", retry.attempts())
        .bind("first", retry.first().atOffset(ZoneOffset.UTC))
        .bind("due", retry.due().atOffset(ZoneOffset.UTC));
  }

  private static OpenRetry retry(ResultSet row) throws SQLException {
    return new OpenRetry(
        row.getString("flow"),
        row.getString("partition_name"),
        new Position(row.getInt("incarnation"), row.getLong("record_position")),
        row.getInt("attempts"),
        row.getObject("first_failure", OffsetDateTime.class).toInstant(),
        row.getObject("due", OffsetDateTime.class).toInstant());
  }
}
