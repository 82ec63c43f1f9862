package io.sluice.engine.simulation;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What the source system holds: records, and the positions that its group has committed. */
final class SourceTopic {
  private static final String DROPPED = "dropped";

  private final List<Partition> partitions = new ArrayList<>();
  private final Map<Partition, DetachedRecord[]> records = new HashMap<>();
  private final Map<Partition, Position> groupOffsets = new HashMap<>();
  private final int length;

  SourceTopic(Plan plan, Random random) {
    this.length = plan.records();
    for (int lane = 0; lane < plan.lanes(); lane++) {
      Partition partition = new Partition("source/topic/" + lane, lane);
      partitions.add(partition);
      DetachedRecord[] content = new DetachedRecord[length];
      for (int offset = 0; offset < length; offset++) {
        if (random.nextDouble() >= plan.gaps()) {
          DetachedRecord.Builder record = DetachedRecord.builder("topic", new Position(offset));
          content[offset] =
              random.nextDouble() < plan.dropped() ? record.tag(DROPPED).build() : record.build();
        }
      }
      records.put(partition, content);
    }
  }

  /** The flow's rule. */
  static boolean passes(Record record) {
    return record.tag().isEmpty();
  }

  List<Partition> partitions() {
    return partitions;
  }

  Position end() {
    return new Position(length);
  }

  /** Whether a position holds a record that has to come to the target. */
  boolean isWanted(Partition partition, int offset) {
    DetachedRecord record = records.get(partition)[offset];
    return record != null && passes(record);
  }

  Batch read(Partition partition, Position first, Position next) {
    List<DetachedRecord> found = new ArrayList<>();
    for (int offset = (int) first.offset(); offset < next.offset(); offset++) {
      Optional.ofNullable(records.get(partition)[offset]).ifPresent(found::add);
    }
    return Batch.of(partition, first, next, new RecordPayload(found));
  }

  Optional<Position> groupOffset(Partition partition) {
    return Optional.ofNullable(groupOffsets.get(partition));
  }

  /** A source keeps its promise (I2) also when it resumes at a checkpoint behind its own commit. */
  void commit(Partition partition, Position position) {
    groupOffsets.merge(partition, position, (old, young) -> old.isBefore(young) ? young : old);
  }
}
