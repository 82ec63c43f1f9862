package io.sluice.rocketmq.source;

import io.sluice.rocketmq.pull.Pulled;
import io.sluice.sdk.source.InFlight;

/**
 * The memory that one queue's pulls take: set aside when a pull is sent, corrected by what its
 * answer holds, given back when that is of no use (I6). For one thread.
 */
final class PullRoom {
  private final InFlight inFlight;
  private final Runnable freed;
  private final Runnable starves;

  /**
   * @param freed is told when there is more room, for other queues too
   * @param starves is told when there is not enough
   */
  PullRoom(InFlight inFlight, Runnable freed, Runnable starves) {
    this.inFlight = inFlight;
    this.freed = freed;
    this.starves = starves;
  }

  boolean reserve(int records, long bytes) {
    if (inFlight.tryReserve(records, bytes)) {
      return true;
    }
    starves.run();
    // What was freed before the reader was known to starve has woken nobody.
    return inFlight.tryReserve(records, bytes);
  }

  /** For the rest of what was asked, although there may be no room: it stands before the others. */
  void reserveRest(PullRing.Slot rest) {
    inFlight.settle(0, 0, rest.reservedRecords(), rest.reservedBytes());
  }

  void settle(PullRing.Slot slot, Pulled.Stretch stretch) {
    inFlight.settle(slot.reservedRecords(), slot.reservedBytes(), stretch.count(), stretch.bytes());
    if (stretch.count() < slot.reservedRecords() || stretch.bytes() < slot.reservedBytes()) {
      freed.run();
    }
  }

  /** The answer is not used. */
  void release(Pulled.Stretch stretch) {
    if (stretch.messages().isPresent()) {
      inFlight.release(stretch.count(), stretch.bytes());
      freed.run();
    }
  }

  /** There is no answer. */
  void release(PullRing.Slot slot) {
    inFlight.release(slot.reservedRecords(), slot.reservedBytes());
    freed.run();
  }
}
