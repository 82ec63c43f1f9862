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
  record Verdict(Optional<Position> goOn, Optional<SluiceException> report, boolean fatal) {
    static final Verdict ASK_AGAIN = new Verdict(Optional.empty(), Optional.empty(), false);
  }

  /**
   * @param position what is to be read next
   * @param anotherQueue whether it certainly is not the queue that was read before
   */
  Verdict judge(
      Queue queue,
      Partition partition,
      Position position,
      Pulled.Outside outside,
      boolean anotherQueue) {
    Location place = Location.InFlow.of(flow, partition, position);
    if (anotherQueue) {
      return begunAnew(queue, position, outside, place, "holds other messages than before,");
    }
    if (position.offset() > outside.end()) {
      return behindEnd(queue, position, outside, place);
    }
    return position.offset() < outside.first()
        ? expired(queue, position, outside, place)
        : Verdict.ASK_AGAIN;
  }

  /** The queue can be read again. */
  void back(Queue queue) {
    behindEndSince.remove(queue);
  }

  private Verdict expired(Queue queue, Position position, Pulled.Outside outside, Location place) {
    String gone =
        queue
            + " now begins at offset "
            + outside.first()
            + ": "
            + (outside.first() - position.offset())
            + " messages from offset "
            + position.offset()
            + " on expired before they were read";
    return decide(
        RocketMqError.OFFSET_GONE,
        gone,
        position.at(outside.first()),
        position.at(outside.end()),
        place);
  }

  private Verdict behindEnd(
      Queue queue, Position position, Pulled.Outside outside, Location place) {
    long now = scheduler.nanoTime();
    long since = behindEndSince.computeIfAbsent(queue, absent -> now);
    return now - since < PATIENCE_BEHIND_END.toNanos()
        ? Verdict.ASK_AGAIN
        : begunAnew(queue, position, outside, place, "");
  }

  /** Its positions count anew, behind all those of the queue as it was. */
  private Verdict begunAnew(
      Queue queue, Position position, Pulled.Outside outside, Location place, String why) {
    int incarnation = position.incarnation() + 1;
    String what =
        "%s %s goes from offset %d to %d now, and the flow stands at %d"
            .formatted(queue, why, outside.first(), outside.end(), position.offset())
            .replace("  ", " ");
    return decide(
        RocketMqError.OFFSET_BEHIND_END,
        what,
        new Position(incarnation, outside.first()),
        new Position(incarnation, outside.end()),
        place);
  }

  private Verdict decide(
      RocketMqError code, String what, Position first, Position end, Location place) {
    return switch (onGap) {
      case FAIL ->
          new Verdict(Optional.empty(), Optional.of(new SluiceException(code, what, place)), true);
      case EARLIEST -> goOn(first, code, what + "; onGap: earliest goes on there", place);
      case LATEST ->
          goOn(end, code, what + "; onGap: latest goes on at offset " + end.offset(), place);
    };
  }

  private static Verdict goOn(
      Position position, RocketMqError code, String message, Location place) {
    SluiceException report = new SluiceException(code, message, place);
    return new Verdict(Optional.of(position), Optional.of(report), false);
  }
}
