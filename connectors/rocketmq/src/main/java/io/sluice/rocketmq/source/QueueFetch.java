package io.sluice.rocketmq.source;

import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.Serial;
import io.sluice.rocketmq.pull.Pulled;
import io.sluice.rocketmq.pull.QueuePuller;
import io.sluice.rocketmq.route.Queue;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.InFlight;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.Optional;

/**
 * Fetches one queue: keeps as many pulls under way as there is room for, and hands over what they
 * bring in the order of the queue. It asks again what failed, and follows the queue where that
 * loses its beginning or begins anew.
 *
 * <p>Everything runs on the reader's {@link Serial}, the consumer of what is fetched too.
 */
final class QueueFetch {
  private static final int MOST = QueuePuller.MAX_MESSAGES;

  /** A broker that does not hold pulls back, as some slaves, must not be asked without end. */
  private static final Duration AFTER_NOTHING = Duration.ofMillis(20);

  private static final Duration LONGEST_AFTER_NOTHING = Duration.ofMillis(500);
  private static final Duration HELD = Duration.ofSeconds(1);

  /**
   * At its end a queue is asked once in each of these at most, however fast messages come: brokers
   * take as long for a pull as for storing a message. They begin at the same instants for all
   * queues, so that requests that had to wait, and then what they bring, cross the network
   * together.
   */
  private static final long TICK_NANOS = Duration.ofMillis(1).toNanos();

  private final Queue queue;
  private final QueuePuller puller;
  private final boolean filtered;
  private final PullRoom room;
  private final Scheduler scheduler;
  private final Serial serial;
  private final ReaderEvents events;
  private final Reader reader;
  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
  private final Backoff unheld = new Backoff(AFTER_NOTHING, LONGEST_AFTER_NOTHING);
  private final Pace pace = new Pace();
  private final PullDepth depth;
  private final QueueCheck check;
  private final PullRing ring;

  /** End of what was handed over. */
  private Position unread;

  private boolean resting;
  private boolean stopped;
  private volatile long end = -1;

  /**
   * @param verifier pulls without a filter, to look at single messages
   * @param filtered whether the broker leaves messages out, so that nobody knows where an answer
   *     will end
   */
  QueueFetch(
      Queue queue,
      ResumePoint start,
      QueuePuller puller,
      QueuePuller verifier,
      boolean filtered,
      InFlight inFlight,
      Scheduler scheduler,
      Serial serial,
      ReaderEvents events,
      Reader reader) {
    this.queue = queue;
    this.puller = puller;
    this.filtered = filtered;
    this.room = new PullRoom(inFlight, events::roomFreed, reader::starves);
    this.scheduler = scheduler;
    this.serial = serial;
    this.events = events;
    this.reader = reader;
    this.unread = start.next();
    this.depth = new PullDepth(puller.answerTimes(), scheduler.nanoTime());
    this.check = new QueueCheck(queue, verifier, scheduler, serial, start.landmark());
    this.ring = new PullRing(start.next().offset());
  }

  /** Who reads what is fetched. */
  interface Reader {

    /** Whether more may be fetched now. */
    boolean wantsMore();

    /** Whether nothing is left to be offered, so that the target has to wait for the source. */
    boolean isHungry();

    /** The next part of the queue, whose messages count as in flight until they are released. */
    void fetched(Backlog.Piece piece);

    /** Not enough room: {@link #proceed} is to be called when there is some. */
    void starves();

    /**
     * The queue does not hold what comes next.
     *
     * @return where to go on, behind everything before; empty to try again later, or to give up if
     *     the source has failed
     */
    Optional<Position> outside(Position position, Pulled.Outside outside, boolean anotherQueue);

    /** Fetching has stopped for good. */
    void broken(RuntimeException failure);
  }

  /** Offset behind the last message of the queue, or -1 while it is not known. Any thread. */
  long end() {
    return end;
  }

  void stop() {
    stopped = true;
    restart(unread);
  }

  /** Sends pulls: several where messages certainly wait, otherwise one that waits at the broker. */
  void proceed() {
    while (!stopped
        && !resting
        && !check.isUnderWay()
        && reader.wantsMore()
        && ring.size() < depth.pulls()) {
      if (check.isDue()) {
        verify();
        return;
      }
      // Behind a filter nobody knows the next offset before the answer; at the end there is none.
      boolean ahead = !filtered && ring.asked() < end;
      if (!ahead && !ring.isEmpty()) {
        return;
      }
      int count =
          depth.messages(ahead ? (int) Math.min(pace.messages(), end - ring.asked()) : MOST);
      // A pull that waits at the broker must not hold the room that queues with messages need.
      int records = ahead ? count : 1;
      long bytes = pace.bytes(records);
      if (!room.reserve(records, bytes)) { // I6
        return;
      }
      // The first answer tells where the queue ends, also when there is nothing to read.
      boolean suspend = !ahead && end >= 0;
      send(ring.ask(count, records, bytes), suspend);
    }
  }

  private void send(PullRing.Slot slot, boolean suspend) {
    long askedAt = scheduler.nanoTime();
    puller
        .pull(queue, slot.from(), slot.count(), suspend)
        .whenComplete(
            (pulled, failure) ->
                serial.execute(
                    () -> {
                      if (slot.isDropped()) {
                        room.release(slot);
                      } else if (failure != null) {
                        room.release(slot);
                        failed(CallFailure.unwrap(failure));
                      } else {
                        if (suspend) {
                          check.held();
                        }
                        if (scheduler.nanoTime() - askedAt > HELD.toNanos()) {
                          unheld.reset();
                        }
                        answered(slot, pulled, askedAt, suspend);
                      }
                    }));
  }

  private void answered(PullRing.Slot slot, Pulled pulled, long askedAt, boolean suspended) {
    if (pulled instanceof Pulled.Outside outside) {
      room.release(slot);
      collect();
      if (unread.offset() == slot.from()) {
        leftBehind(outside, false);
      } else {
        interrupted(Optional.empty());
      }
      return;
    }
    Pulled.Stretch stretch = (Pulled.Stretch) pulled;
    room.settle(slot, stretch);
    pace.seen(stretch.count(), stretch.bytes());
    end = Math.max(stretch.end(), stretch.next());
    PullRing.Consequence consequence = ring.answered(slot, stretch);
    consequence.unused().forEach(room::release);
    if (consequence.rest().isPresent()) {
      PullRing.Slot rest = consequence.rest().get();
      if (rest.from() == slot.from()) {
        // The broker has messages there and does not show them yet.
        collect();
        interrupted(Optional.empty());
        return;
      }
      pace.cutShort(stretch.next() - slot.from());
      room.reserveRest(rest);
      send(rest, false);
    } else {
      pace.complete(slot.count(), stretch.count(), stretch.next() - slot.from());
    }
    if (!suspended || stretch.next() < stretch.end()) { // not held back
      deepen(slot, askedAt);
    }
    recovered();
    if (check.isDue()) {
      verify(); // before anything of the answer is handed over
      return;
    }
    collect();
    if (stretch.next() == slot.from()) {
      restFor(unheld.next());
    } else {
      unheld.reset();
      if (stretch.next() >= end) {
        restUntil(nextTick(askedAt));
      }
    }
    proceed();
  }

  private void deepen(PullRing.Slot slot, long askedAt) {
    boolean allUnderWay = ring.size() >= depth.pulls() - 1 && slot.count() > 1;
    depth.answered(
        askedAt, scheduler.nanoTime(), !reader.wantsMore(), allUnderWay && reader.isHungry());
  }

  /** Hands over what has come, unless it may be of another queue. */
  private void collect() {
    if (check.isDue()) {
      return;
    }
    for (Optional<PullRing.Piece> next = ring.poll(); next.isPresent(); next = ring.poll()) {
      PullRing.Piece piece = next.get();
      unread = unread.at(piece.next());
      piece.messages().ifPresent(check::read);
      reader.fetched(new Backlog.Piece(unread.at(piece.first()), unread, piece.messages()));
    }
  }

  private void verify() {
    check.look(this::verified);
  }

  private void verified(QueueCheck.Finding finding) {
    if (stopped) {
      return;
    }
    if (finding instanceof QueueCheck.Finding.Same) {
      collect();
      proceed();
    } else if (finding instanceof QueueCheck.Finding.Another another) {
      leftBehind(another.range(), another.certain());
    } else if (finding instanceof QueueCheck.Finding.Failed failed) {
      failed(failed.cause());
    } else {
      interrupted(Optional.empty());
    }
  }

  private void leftBehind(Pulled.Outside outside, boolean anotherQueue) {
    Optional<Position> goOn = reader.outside(unread, outside, anotherQueue);
    if (goOn.isEmpty()) {
      interrupted(Optional.empty());
      return;
    }
    // The range that is gone counts as done: the flow file decided so.
    Position first = unread;
    unread = goOn.get();
    check.begun();
    restart(unread);
    end = Math.max(outside.end(), unread.offset());
    reader.fetched(new Backlog.Piece(first, unread, Optional.empty()));
    proceed();
  }

  private void failed(Throwable failure) {
    depth.failed();
    if (failure instanceof RetriableException cause) {
      interrupted(Optional.of(cause));
    } else {
      stop();
      reader.broken(
          failure instanceof RuntimeException known ? known : new IllegalStateException(failure));
    }
  }

  /** Begins again behind what was handed over, a little later. */
  private void interrupted(Optional<SluiceException> cause) {
    collect();
    restart(unread);
    check.interrupted();
    cause.ifPresent(trouble -> events.troubled(queue, trouble));
    restFor(backoff.next());
  }

  private void recovered() {
    if (backoff.reset()) {
      events.recovered(queue);
    }
  }

  private static long nextTick(long nanoTime) {
    return nanoTime - Math.floorMod(nanoTime, TICK_NANOS) + TICK_NANOS;
  }

  private void restUntil(long nanoTime) {
    long left = nanoTime - scheduler.nanoTime();
    if (left > 0) {
      restFor(Duration.ofNanos(left));
    }
  }

  private void restFor(Duration pause) {
    resting = true;
    scheduler.after(
        pause,
        () ->
            serial.execute(
                () -> {
                  resting = false;
                  proceed();
                }));
  }

  private void restart(Position position) {
    ring.restart(position.offset()).forEach(room::release);
  }
}
