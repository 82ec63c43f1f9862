package io.sluice.rocketmq.sink;

import io.sluice.rocketmq.client.Serial;
import io.sluice.rocketmq.route.Queue;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.sink.SinkReport;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at messages of a target queue that lie between two of ours and that we did not send: the
 * answer to a send gives the offset, so that none goes unnoticed. Records of a partition that only
 * this flow writes are duplicates: a request of ours that a broker carried out after we had given
 * it up, or one of a runtime that went on without owning the queue. RocketMQ has nothing to prevent
 * either; here they are counted.
 *
 * <p>Others may write to the same topic. What other flows of this process have stored is not looked
 * at. Where only foreign messages are found again and again, the looking stops, because it reads
 * all that they write: duplicates are not told any more then, and the log says so. Does not block;
 * thread-safe.
 */
final class Strangers {
  private static final Logger log = LoggerFactory.getLogger(Strangers.class);

  /** Looks without a duplicate after which a queue counts as shared with other producers. */
  private static final int PATIENCE = 100;

  /** Messages of one look; more than any request of ours holds. */
  private static final long LONGEST_LOOK = 10_000;

  /** Until then other flows of this process know what they have stored. */
  private static final Duration SETTLING = Duration.ofSeconds(1);

  private final Queue queue;
  private final Count count;
  private final Neighbours.Share share;
  private final Scheduler scheduler;
  private final SinkReport report;
  private final Serial serial = new Serial(this::broken);
  private final Deque<Gap> gaps = new ArrayDeque<>();
  private boolean busy;
  private int foreign;

  Strangers(
      Queue queue, Count count, Neighbours.Share share, Scheduler scheduler, SinkReport report) {
    this.queue = queue;
    this.count = count;
    this.share = share;
    this.scheduler = scheduler;
    this.report = report;
  }

  /** Reads a target queue. */
  interface Count {
    /** How many records of a partition lie in a range of a target queue. */
    CompletableFuture<Long> count(Queue queue, long from, long to, Partition partition);
  }

  /**
   * Messages that were not sent by us.
   *
   * @param partition the one whose batch was stored behind them
   * @param due when they can be looked at, monotonic
   */
  private record Gap(Neighbours.Range range, Partition partition, long due) {}

  /**
   * There are messages that were not sent by us.
   *
   * @param partition the one whose batch was stored behind them
   */
  void between(long from, long to, Partition partition) {
    serial.execute(
        () -> {
          if (foreign + gaps.size() < PATIENCE) {
            long now = scheduler.nanoTime();
            long due = share.isShared() ? now + SETTLING.toNanos() : now;
            gaps.add(new Gap(new Neighbours.Range(from, to), partition, due));
            if (!busy) {
              proceed();
            }
          }
        });
  }

  private void proceed() {
    while (!gaps.isEmpty()) {
      long early = gaps.element().due() - scheduler.nanoTime();
      if (early > 0) {
        busy = true;
        scheduler.after(Duration.ofNanos(early), () -> serial.execute(this::proceed));
        return;
      }
      Gap gap = gaps.remove();
      List<Neighbours.Range> unknown = share.unknown(gap.range().from(), gap.range().to());
      if (!unknown.isEmpty()) {
        busy = true;
        long to = unknown.get(unknown.size() - 1).to();
        look(Math.max(unknown.get(0).from(), to - LONGEST_LOOK), to, gap.partition());
        return;
      }
    }
    busy = false;
  }

  private void look(long from, long to, Partition partition) {
    count
        .count(queue, from, to, partition)
        .whenComplete(
            (copies, failure) ->
                serial.execute(
                    () -> {
                      if (failure != null) {
                        log.warn(
                            "{}: offsets {} to {} were not written by this flow, and could not be"
                                + " read: {}",
                            queue,
                            from,
                            to,
                            failure.toString());
                      } else {
                        found(copies, from, to, partition);
                      }
                      proceed();
                    }));
  }

  private void found(long copies, long from, long to, Partition partition) {
    if (copies > 0) {
      foreign = 0;
      log.warn("{}: {} duplicates of {} at offsets {} to {}", queue, copies, partition, from, to);
      report.duplicates(copies);
    } else if (++foreign == PATIENCE) {
      gaps.clear();
      log.warn(
          "{}: others write this queue too; duplicates of {} would not be noticed any more",
          queue,
          partition);
    }
  }

  private void broken(RuntimeException failure) {
    log.error("looking at {} failed", queue, failure);
  }
}
