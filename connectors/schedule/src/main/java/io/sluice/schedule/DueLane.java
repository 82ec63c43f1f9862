package io.sluice.schedule;

import io.sluice.schedule.ScheduleConfiguration.Misfire;
import io.sluice.schedule.timetable.Timetable;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.InFlightLimit;
import io.sluice.sdk.source.Ledger;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.SourceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The one partition of a schedule, whose positions are seconds since 1970. One batch is open at a
 * time. Guarded by its source.
 */
final class DueLane {
  private static final int LARGEST_BATCH = 256;

  private final Partition partition;
  private final Timetable timetable;
  private final DueEvents events;
  private final Misfire misfire;
  private final long largestBatch;
  private final Ledger ledger;

  /** Where the next batch starts. */
  private Position next;

  /** Due times before it were offered, or are not offered any more. */
  private long from;

  private Optional<Batch> open = Optional.empty();

  /**
   * @param start where it goes on
   */
  DueLane(
      Partition partition,
      ScheduleConfiguration configuration,
      ResumePoint start,
      SourceContext context) {
    InFlightLimit limit = context.inFlightLimit();
    this.partition = partition;
    this.timetable = configuration.timetable();
    this.events = new DueEvents(partition.name(), configuration, context.sourceName());
    this.misfire = configuration.misfire();
    this.ledger = new Ledger(start);
    this.next = start.next();
    this.from = next.offset();
    long fitting = Math.max(1, limit.bytes() / events.of(0).bytes());
    this.largestBatch = Math.min(LARGEST_BATCH, Math.min(limit.records(), fitting));
  }

  /** The flow runs from now on: deals with the due times that it missed before. */
  void runsFrom(long second) {
    if (second <= from) {
      return;
    }
    from =
        switch (misfire) {
          case ALL -> from;
          case SKIP -> second;
          case FIRE_ONCE -> timetable.lastDue(from, second).orElse(second);
        };
  }

  /** The next due time that was not offered; empty if there is none any more. */
  OptionalLong nextDue() {
    return timetable.dueFrom(from);
  }

  /** Makes the next batch, of what is due by now; empty if nothing is, or one is open. */
  Optional<Batch> take(long now) {
    if (open.isPresent()) {
      return Optional.empty();
    }
    List<DetachedRecord> due = new ArrayList<>();
    OptionalLong time = nextDue();
    while (time.isPresent() && time.getAsLong() <= now && due.size() < largestBatch) {
      due.add(events.of(time.getAsLong()));
      from = time.getAsLong() + 1;
      time = nextDue();
    }
    if (due.isEmpty()) {
      return Optional.empty();
    }
    Batch batch = Batch.of(partition, next, next.at(from), new RecordPayload(due));
    next = batch.next();
    ledger.opened(batch.first(), next);
    open = Optional.of(batch);
    return open;
  }

  /** Whether a batch is not done. */
  boolean isOpen() {
    return open.isPresent();
  }

  void done(Batch batch, Optional<TargetPosition> stored) {
    ledger.done(batch.next(), stored);
    open = Optional.empty();
  }

  PartitionProgress progress() {
    long held = open.map(batch -> batch.payload().count()).orElse(0);
    return new PartitionProgress(partition, ledger.resumePoint(), OptionalLong.of(held));
  }
}
