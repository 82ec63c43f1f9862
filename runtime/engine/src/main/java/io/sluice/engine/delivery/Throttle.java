package io.sluice.engine.delivery;

import io.sluice.flows.model.Throttling;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a flow below a number of records and bytes per second, over all its partitions: two buckets
 * of tokens that hold a second's worth. Bytes are those of bodies. Thread-safe.
 *
 * <p>A batch takes all its tokens at once; what the bucket does not have is paid for by waiting. So
 * {@link #share} keeps batches to a second's worth.
 */
public final class Throttle {
  private final Scheduler scheduler;
  private final Optional<Bucket> records;
  private final Optional<Bucket> bytes;

  public Throttle(Throttling limits, Scheduler scheduler) {
    this.scheduler = scheduler;
    this.records = bucket(limits.recordsPerSecond(), scheduler.nanoTime());
    this.bytes = bucket(limits.bytesPerSecond(), scheduler.nanoTime());
  }

  private static Optional<Bucket> bucket(OptionalLong perSecond, long now) {
    return perSecond.isPresent()
        ? Optional.of(new Bucket(perSecond.getAsLong(), now))
        : Optional.empty();
  }

  /** The beginning of a batch that is no more than a second's worth; one record at least. */
  public Batch share(Batch batch) {
    long mostRecords = records.map(Bucket::perSecond).orElse(Long.MAX_VALUE);
    long mostBytes = bytes.map(Bucket::perSecond).orElse(Long.MAX_VALUE);
    long count = 0;
    long length = 0;
    for (Record record : batch.records()) {
      length += record.body().remaining();
      if (count > 0 && (count >= mostRecords || length > mostBytes)) {
        return batch.upTo(record.position());
      }
      count++;
    }
    return batch;
  }

  /** Takes a batch's tokens. Answers how long to wait before it is written. */
  public synchronized Duration take(Batch batch) {
    long now = scheduler.nanoTime();
    long length = 0;
    for (Record record : batch.records()) {
      length += record.body().remaining();
    }
    long wait = records.map(bucket -> bucket.take(batch.count(), now)).orElse(0L);
    long taken = length;
    return Duration.ofNanos(
        Math.max(wait, bytes.map(bucket -> bucket.take(taken, now)).orElse(0L)));
  }

  private static final class Bucket {
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long perSecond;
    private double tokens;
    private long filledAt;

    private Bucket(long perSecond, long now) {
      this.perSecond = perSecond;
      this.tokens = perSecond;
      this.filledAt = now;
    }

    private long perSecond() {
      return perSecond;
    }

    /** Answers in how many nanoseconds the tokens are there. */
    private long take(long wanted, long now) {
      tokens = Math.min(perSecond, tokens + (now - filledAt) / SECOND * perSecond) - wanted;
      filledAt = now;
      return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perSecond * SECOND);
    }
  }
}
