package io.sluice.rocketmq.sink;

import io.sluice.rocketmq.client.Serial;
import io.sluice.rocketmq.route.Queue;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.sink.SinkReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at messages of a target queue that lie between two of ours and that we did not send: the
 * answer to a send gives the offset, so that none goes unnoticed. Records of a partition that only
 * this flow writes are duplicates: a request of ours that a broker carried out after we had given
 * it up, or one of a runtime that went on without owning the queue. RocketMQ has nothing to prevent
 * either; here they are counted.
 *
 * <p>Others may write to the same topic. Where only foreign messages are found again and again, the
 * looking stops, because it reads all that they write: duplicates are not told any more then, and
 * the log says so. Does not block; thread-safe.
 */
final class Strangers {
  private static final Logger log = LoggerFactory.getLogger(Strangers.class);

  /** Looks without a duplicate after which a queue counts as shared with other producers. */
  private static final int PATIENCE = 100;

  /** Messages of one look; more than any request of ours holds. */
  private static final long LONGEST_LOOK = 10_000;

  private final Queue queue;
  private final TailSearch tail;
  private final SinkReport report;
  private final Serial serial = new Serial(this::broken);
  private boolean looking;
  private int foreign;

  Strangers(Queue queue, TailSearch tail, SinkReport report) {
    this.queue = queue;
    this.tail = tail;
    this.report = report;
  }

  /**
   * There are messages that were not sent by us.
   *
   * @param partition the one whose batch was stored behind them
   */
  void between(long from, long to, Partition partition) {
    serial.execute(
        () -> {
          if (!looking && foreign < PATIENCE) {
            looking = true;
            look(Math.max(from, to - LONGEST_LOOK), to, partition);
          }
        });
  }

  private void look(long from, long to, Partition partition) {
    tail.count(queue, from, to, partition)
        .whenComplete(
            (copies, failure) ->
                serial.execute(
                    () -> {
                      looking = false;
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
                    }));
  }

  private void found(long copies, long from, long to, Partition partition) {
    if (copies > 0) {
      foreign = 0;
      log.warn("{}: {} duplicates of {} at offsets {} to {}", queue, copies, partition, from, to);
      report.duplicates(copies);
    } else if (++foreign == PATIENCE) {
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
