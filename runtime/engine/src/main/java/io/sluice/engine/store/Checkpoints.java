package io.sluice.engine.store;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.Landmark;
import io.sluice.sdk.source.ResumePoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/** The SQL of checkpoints. */
final class Checkpoints {
  /** One row's change; without {@code before} it is new, without {@code after} it is gone. */
  record Moved(Optional<Checkpoint> before, Optional<Checkpoint> after) {
    Change change() {
      return new Change(before.map(Digest::share), after.map(Digest::share));
    }
  }

  private Checkpoints() {}

  static List<Checkpoint> all(Handle handle) {
    return handle
        .createQuery("select * from checkpoint")
        .map((row, context) -> checkpoint(row))
        .list();
  }

  /**
   * Inserts checkpoints, or moves their rows on; not where a row stands further on (I2). In few
   * statements: each costs more than what it does to a row.
   *
   * @return one for each checkpoint, in their order; empty for those that were refused
   */
  static List<Optional<Moved>> save(Handle handle, List<Checkpoint> checkpoints) {
    List<Optional<Moved>> moved = new ArrayList<>();
    Map<Row, Checkpoint> distinct = new LinkedHashMap<>();
    for (Checkpoint checkpoint : checkpoints) {
      if (distinct.containsKey(Row.of(checkpoint))) {
        moved.addAll(saveDistinct(handle, distinct));
        distinct.clear();
      }
      distinct.put(Row.of(checkpoint), checkpoint);
    }
    moved.addAll(saveDistinct(handle, distinct));
    return moved;
  }

  private record Row(String flow, String partition) {
    private static Row of(Checkpoint checkpoint) {
      return new Row(checkpoint.flow(), checkpoint.partition());
    }
  }

  private static List<Optional<Moved>> saveDistinct(
      Handle handle, Map<Row, Checkpoint> checkpoints) {
    Map<Row, Checkpoint> stored = new HashMap<>();
    checkpoints.keySet().stream()
        .map(Row::flow)
        .distinct()
        .flatMap(flow -> ofFlow(handle, flow).stream())
        .forEach(checkpoint -> stored.put(Row.of(checkpoint), checkpoint));
    PreparedBatch updates =
        handle.prepareBatch(
            "update checkpoint set incarnation = :incarnation, next_position = :position,"
                + " target_partition = :target, target_next = :targetNext,"
                + " landmark = :landmark, updated_at = :updated"
                + " where flow = :flow and partition_name = :partition"
                + " and epoch = :epoch and (incarnation < :incarnation"
                + " or incarnation = :incarnation and next_position <= :position)");
    checkpoints.forEach(
        (row, checkpoint) -> {
          if (stored.containsKey(row)) {
            bind(updates, checkpoint).add();
          } else {
            insert(handle, checkpoint);
          }
        });
    PrimitiveIterator.OfInt rows = Arrays.stream(updates.execute()).iterator();
    List<Optional<Moved>> moved = new ArrayList<>();
    checkpoints.forEach(
        (row, checkpoint) -> {
          Optional<Checkpoint> before = Optional.ofNullable(stored.get(row));
          boolean refused = before.isPresent() && rows.nextInt() == 0;
          moved.add(
              refused ? Optional.empty() : Optional.of(new Moved(before, Optional.of(checkpoint))));
        });
    return moved;
  }

  private static List<Checkpoint> ofFlow(Handle handle, String flow) {
    return handle
        .createQuery("select * from checkpoint where flow = :flow")
        .bind("flow", flow)
        .map((row, context) -> checkpoint(row))
        .list();
  }

  /** Writes a checkpoint with the next epoch, wherever its row stands. */
  static Moved reset(Handle handle, Checkpoint checkpoint) {
    Optional<Checkpoint> stored = find(handle, checkpoint);
    Checkpoint next =
        new Checkpoint(
            checkpoint.flow(),
            checkpoint.partition(),
            checkpoint.point(),
            stored.map(row -> row.epoch() + 1).orElse(Checkpoint.FIRST_EPOCH),
            checkpoint.updated());
    if (stored.isEmpty()) {
      insert(handle, next);
    } else {
      bind(
              handle.createUpdate(
                  "update checkpoint set incarnation = :incarnation, next_position = :position,"
                      + " target_partition = :target, target_next = :targetNext,"
                      + " landmark = :landmark, updated_at = :updated, epoch = :epoch"
                      + " where flow = :flow and partition_name = :partition"),
              next)
          .execute();
    }
    return new Moved(stored, Optional.of(next));
  }

  /** Deletes a partition's row; empty if there is none. */
  static Optional<Moved> remove(Handle handle, String flow, String partition) {
    Optional<Checkpoint> stored = find(handle, flow, partition);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    handle
        .createUpdate("delete from checkpoint where flow = :flow and partition_name = :partition")
        .bind("flow", flow)
        .bind("partition", partition)
        .execute();
    return Optional.of(new Moved(stored, Optional.empty()));
  }

  private static Optional<Checkpoint> find(Handle handle, Checkpoint checkpoint) {
    return find(handle, checkpoint.flow(), checkpoint.partition());
  }

  private static Optional<Checkpoint> find(Handle handle, String flow, String partition) {
    return handle
        .createQuery("select * from checkpoint where flow = :flow and partition_name = :partition")
        .bind("flow", flow)
        .bind("partition", partition)
        .map((row, context) -> checkpoint(row))
        .findOne();
  }

  private static void insert(Handle handle, Checkpoint checkpoint) {
    bind(
            handle.createUpdate(
                "insert into checkpoint (flow, partition_name, incarnation, next_position,"
                    + " target_partition, target_next, landmark, epoch, updated_at) values (:flow,"
                    + " :partition, :incarnation, :position, :target, :targetNext, :landmark,"
                    + " :epoch, :updated)"),
            checkpoint)
        .execute();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Checkpoint checkpoint) {
    return statement
        .bind("flow", checkpoint.flow())
        .bind("partition", checkpoint.partition())
        .bind("incarnation", checkpoint.position().incarnation())
        .bind("position", checkpoint.position().offset())
        .bind("target", checkpoint.target().map(TargetPosition::partition))
        .bind("targetNext", checkpoint.target().map(TargetPosition::next))
        .bind("landmark", checkpoint.point().landmark().map(Landmark::text))
        .bind("epoch", checkpoint.epoch())
        .bind("updated", checkpoint.updated().atOffset(ZoneOffset.UTC));
  }

  private static Checkpoint checkpoint(ResultSet row) throws SQLException {
    String target = row.getString("target_partition");
    long targetNext = row.getLong("target_next");
    ResumePoint point =
        new ResumePoint(
            new Position(row.getInt("incarnation"), row.getLong("next_position")),
            target == null ? Optional.empty() : Optional.of(new TargetPosition(target, targetNext)),
            Optional.ofNullable(row.getString("landmark")).map(Landmark::new));
    return new Checkpoint(
        row.getString("flow"),
        row.getString("partition_name"),
        point,
        row.getLong("epoch"),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }
}
