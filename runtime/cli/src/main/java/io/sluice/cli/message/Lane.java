package io.sluice.cli.message;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.record.DetachedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Messages on their way to one queue, collected to a batch. For one thread. */
final class Lane {
  private static final int BATCH_RECORDS = 500;
  private static final long BATCH_BYTES = 512 << 10;

  private final Partition partition;
  private final List<DetachedRecord> waiting = new ArrayList<>();
  private long bytes;
  private Position next = new Position(0);

  Lane(Partition partition) {
    this.partition = partition;
  }

  Partition partition() {
    return partition;
  }

  void add(OutgoingMessage message, String topic) {
    DetachedRecord record = message.record(topic, next.plus(waiting.size()), Instant.now());
    waiting.add(record);
    bytes += record.bytes();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  boolean isFull() {
    return waiting.size() >= BATCH_RECORDS || bytes >= BATCH_BYTES;
  }

  /** What is waiting, which then waits no more. */
  Batch take() {
    Position end = next.plus(waiting.size());
    Batch batch = Batch.of(partition, next, end, new RecordPayload(waiting));
    next = end;
    waiting.clear();
    bytes = 0;
    return batch;
  }
}
