package io.sluice.rocketmq.source;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.pull.Pulled;
import io.sluice.rocketmq.route.Queue;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides what happens when a queue does not hold the offset at which the flow has to go on. Never
 * silently: with both offsets, and by the rule that the flow file gives. Thread-safe.
 */
final class OutsideRule {
  /** A broker that has just started may know less of its queues than it holds. */
  private static final Duration PATIENCE_BEHIND_END = Duration.ofSeconds(10);

  private final OnGap onGap;
  private final String flow;
  private final Scheduler scheduler;
  private final Map<Queue, Long> behindEndSince = new ConcurrentHashMap<>();

  OutsideRule(OnGap onGap, String flow, Scheduler scheduler) {
    this.onGap = onGap;
    this.flow = flow;
    this.scheduler = scheduler;
  }

  /**
   * @param goOn where to go on; empty to ask again a little later
   * @param report what to tell, if anything
   * @param fatal whether the flow ends with it
   */
  record Verdict(OptionalLong goOn, Optional<SluiceException> report, boolean fatal) {
    static final Verdict ASK_AGAIN = new Verdict(OptionalLong.empty(), Optional.empty(), false);
  }

  Verdict judge(Queue queue, Partition partition, long offset, Pulled.Outside outside) {
    Location place = Location.InFlow.of(flow, partition, new Position(offset));
    if (offset > outside.end()) {
      return behindEnd(queue, offset, outside, place);
    }
    if (offset >= outside.first()) {
      return Verdict.ASK_AGAIN;
    }
    String gone =
        queue
            + " now begins at offset "
            + outside.first()
            + ": "
            + (outside.first() - offset)
            + " messages from offset "
            + offset
            + " on expired before they were read";
    return switch (onGap) {
      case FAIL ->
          new Verdict(
              OptionalLong.empty(),
              Optional.of(new SluiceException(RocketMqError.OFFSET_GONE, gone, place)),
              true);
      case EARLIEST -> goOn(outside.first(), gone + "; onGap: earliest goes on there", place);
      case LATEST ->
          goOn(outside.end(), gone + "; onGap: latest goes on at offset " + outside.end(), place);
    };
  }

  /** The queue can be read again. */
  void back(Queue queue) {
    behindEndSince.remove(queue);
  }

  private static Verdict goOn(long offset, String message, Location place) {
    return new Verdict(
        OptionalLong.of(offset),
        Optional.of(new SluiceException(RocketMqError.OFFSET_GONE, message, place)),
        false);
  }

  private Verdict behindEnd(Queue queue, long offset, Pulled.Outside outside, Location place) {
    long now = scheduler.nanoTime();
    long since = behindEndSince.computeIfAbsent(queue, absent -> now);
    if (now - since < PATIENCE_BEHIND_END.toNanos()) {
      return Verdict.ASK_AGAIN;
    }
    return new Verdict(
        OptionalLong.empty(),
        Optional.of(
            new SluiceException(
                RocketMqError.OFFSET_BEHIND_END,
                queue + " ends at offset " + outside.end() + ", before the flow's " + offset,
                place)),
        true);
  }
}
