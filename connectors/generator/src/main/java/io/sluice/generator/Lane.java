package io.sluice.generator;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.Ledger;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One partition of a generator: of the records 0, 1, 2, … those whose number, divided by the number
 * of lanes, leaves the lane's own. Guarded by its source.
 */
final class Lane {
  private final Partition partition;
  private final int lanes;
  private final Ledger ledger;

  /** Position of the lane's first record in this run. */
  private final long origin;

  /** Position after its last record; empty if there is none. */
  private final OptionalLong end;

  private long next;
  private Optional<Batch> open = Optional.empty();

  Lane(Partition partition, GeneratorConfiguration configuration, ResumePoint start) {
    this.partition = partition;
    this.lanes = configuration.partitions();
    this.ledger = new Ledger(start);
    this.next = start.next().offset();
    this.origin =
        switch (configuration.onRestart()) {
          case RESUME -> 0;
          // Positions go on, so that they never move backwards (I2).
          case REPEAT -> next;
        };
    this.end =
        configuration
            .count()
            .map(count -> OptionalLong.of(origin + share(count, partition.lane(), lanes)))
            .orElse(OptionalLong.empty());
  }

  private static long share(long count, int lane, int lanes) {
    return count / lanes + (lane < count % lanes ? 1 : 0);
  }

  Partition partition() {
    return partition;
  }

  /** How many records it could offer now. */
  long ready() {
    if (open.isPresent()) {
      return 0;
    }
    return end.isPresent() ? Math.max(0, end.getAsLong() - next) : Long.MAX_VALUE;
  }

  /** Makes the next batch. */
  Batch make(int records, RecordMaker maker, Instant now) {
    Position first = new Position(next);
    List<DetachedRecord> made = new ArrayList<>(records);
    for (int i = 0; i < records; i++, next++) {
      long sequence = (next - origin) * lanes + partition.lane();
      made.add(maker.make(sequence, partition.lane(), new Position(next), now));
    }
    Batch batch = Batch.of(partition, first, new Position(next), new RecordPayload(made));
    ledger.opened(batch.first(), batch.next());
    open = Optional.of(batch);
    return batch;
  }

  /** The open batch is done; answers it as it was offered. */
  Batch done(Position batchEnd, Optional<TargetPosition> stored) {
    ledger.done(batchEnd, stored);
    Batch done = open.orElseThrow();
    open = Optional.empty();
    return done;
  }

  PartitionProgress progress() {
    ResumePoint point = ledger.resumePoint();
    OptionalLong lag =
        end.isPresent()
            ? OptionalLong.of(Math.max(0, end.getAsLong() - point.next().offset()))
            : OptionalLong.empty();
    return new PartitionProgress(partition, point, lag);
  }
}
