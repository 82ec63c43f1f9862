package io.sluice.rocketmq.source;

import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.Serial;
import io.sluice.rocketmq.pull.Pulled;
import io.sluice.rocketmq.pull.QueuePuller;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.stored.StoredChunk;
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
  /** Pulls under way behind which the broker certainly has messages: at first, and at most. */
  private static final int FEWEST = 6;

  private static final int MOST_PULLS = 64;

  private static final int MOST = QueuePuller.MAX_MESSAGES;

  /**
   * A pull that the broker held may have outlived its queue. To delete a topic, create it anew and
   * fill it takes longer than this; so much time may pass between a look and what is read then.
   */
  private static final Duration TRUSTED = Duration.ofMillis(100);

  /** A broker that does not hold pulls back must not be asked without end. */
  private static final Duration AFTER_NOTHING = Duration.ofMillis(20);

  private final Queue queue;
  private final QueuePuller puller;
  private final QueuePuller verifier;
  private final boolean filtered;
  private final InFlight inFlight;
  private final Scheduler scheduler;
  private final Serial serial;
  private final ReaderEvents events;
  private final Reader reader;
  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
  private final Pace pace = new Pace();
  private final Continuity continuity;
  private final PullRing ring;

  /** End of what was handed over. */
  private Position unread;

  private int depth = FEWEST;
  private boolean resting;
  private boolean verifying;
  private long verifiedAt;
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
    this.verifier = verifier;
    this.filtered = filtered;
    this.inFlight = inFlight;
    this.scheduler = scheduler;
    this.serial = serial;
    this.events = events;
    this.reader = reader;
    this.unread = start.next();
    this.continuity = new Continuity(start.landmark());
    this.verifiedAt = scheduler.nanoTime() - TRUSTED.toNanos();
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
    while (!stopped && !resting && !verifying && reader.wantsMore() && ring.size() < depth) {
      if (continuity.isDoubtful()) {
        verify();
        return;
      }
      // Behind a filter nobody knows the next offset before the answer; at the end there is none.
      boolean ahead = !filtered && ring.asked() < end;
      if (!ahead && !ring.isEmpty()) {
        return;
      }
      int count = ahead ? (int) Math.min(pace.messages(), end - ring.asked()) : MOST;
      // A pull that waits at the broker must not hold the room that queues with messages need.
      int records = ahead ? count : 1;
      long bytes = pace.bytes(records);
      if (!reserve(records, bytes)) { // I6
        return;
      }
      // The first answer tells where the queue ends, also when there is nothing to read.
      boolean suspend = !ahead && end >= 0;
      send(ring.ask(count, records, bytes), suspend);
    }
  }

  private boolean reserve(int records, long bytes) {
    if (inFlight.tryReserve(records, bytes)) {
      return true;
    }
    reader.starves();
    // What was freed before the reader was known to starve has woken nobody.
    return inFlight.tryReserve(records, bytes);
  }

  private void send(PullRing.Slot slot, boolean suspend) {
    puller
        .pull(queue, slot.from(), slot.count(), suspend)
        .whenComplete(
            (pulled, failure) ->
                serial.execute(
                    () -> {
                      if (slot.isDropped()) {
                        release(slot);
                      } else if (failure != null) {
                        release(slot);
                        failed(CallFailure.unwrap(failure));
                      } else {
                        if (suspend && scheduler.nanoTime() - verifiedAt > TRUSTED.toNanos()) {
                          continuity.interrupted();
                        }
                        answered(slot, pulled);
                      }
                    }));
  }

  private void answered(PullRing.Slot slot, Pulled pulled) {
    if (pulled instanceof Pulled.Outside outside) {
      release(slot);
      collect();
      if (unread.offset() == slot.from()) {
        leftBehind(outside, false);
      } else {
        interrupted(Optional.empty());
      }
      return;
    }
    Pulled.Stretch stretch = (Pulled.Stretch) pulled;
    settle(slot, stretch);
    end = Math.max(stretch.end(), stretch.next());
    PullRing.Consequence consequence = ring.answered(slot, stretch);
    consequence.unused().forEach(this::release);
    if (consequence.rest().isPresent()) {
      PullRing.Slot rest = consequence.rest().get();
      if (rest.from() == slot.from()) {
        // The broker has messages there and does not show them yet.
        collect();
        interrupted(Optional.empty());
        return;
      }
      pace.cutShort(stretch.next() - slot.from());
      inFlight.settle(0, 0, rest.reservedRecords(), rest.reservedBytes());
      send(rest, false);
    } else {
      int messages = stretch.messages().map(StoredChunk::count).orElse(0);
      pace.complete(slot.count(), messages, stretch.next() - slot.from());
    }
    deepen(slot);
    recovered();
    if (continuity.isDoubtful()) {
      verify(); // before anything of the answer is handed over
      return;
    }
    collect();
    if (stretch.next() == slot.from()) {
      restFor(AFTER_NOTHING);
    }
    proceed();
  }

  /**
   * As many pulls as the way to the source takes: one more whenever the target waits although all
   * of them are under way, one less whenever more has come than is wanted.
   */
  private void deepen(PullRing.Slot slot) {
    if (!reader.wantsMore()) {
      depth = Math.max(FEWEST, depth - 1);
    } else if (ring.size() >= depth - 1 && slot.count() > 1 && reader.isHungry()) {
      depth = Math.min(MOST_PULLS, depth + 1);
    }
  }

  /** Hands over what has come, unless it may be of another queue. */
  private void collect() {
    if (continuity.isDoubtful()) {
      return;
    }
    for (Optional<PullRing.Piece> next = ring.poll(); next.isPresent(); next = ring.poll()) {
      PullRing.Piece piece = next.get();
      unread = unread.at(piece.next());
      piece.messages().ifPresent(continuity::read);
      reader.fetched(new Backlog.Piece(unread.at(piece.first()), unread, piece.messages()));
    }
  }

  /** Looks whether the last message that was read is still there. */
  private void verify() {
    if (verifying) {
      return;
    }
    verifying = true;
    verifier
        .pull(queue, continuity.lastOffset(), 1, false)
        .whenComplete(
            (pulled, failure) ->
                serial.execute(
                    () -> {
                      verifying = false;
                      if (stopped) {
                        return;
                      }
                      if (failure != null) {
                        failed(CallFailure.unwrap(failure));
                      } else {
                        verified(pulled);
                      }
                    }));
  }

  private void verified(Pulled pulled) {
    if (pulled instanceof Pulled.Outside outside) {
      if (outside.end() <= continuity.lastOffset()) {
        leftBehind(outside, false);
      } else { // it has expired, and nothing tells any more
        confirmed();
      }
      return;
    }
    Pulled.Stretch stretch = (Pulled.Stretch) pulled;
    if (stretch.messages().isEmpty()) {
      interrupted(Optional.empty()); // it is being removed, or not shown yet
    } else if (continuity.isConfirmedBy(stretch.messages().get())) {
      confirmed();
    } else {
      leftBehind(new Pulled.Outside(stretch.first(), stretch.end()), true);
    }
  }

  private void confirmed() {
    verifiedAt = scheduler.nanoTime();
    continuity.confirmed();
    collect();
    proceed();
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
    continuity.begun();
    restart(unread);
    end = Math.max(outside.end(), unread.offset());
    reader.fetched(new Backlog.Piece(first, unread, Optional.empty()));
    proceed();
  }

  private void failed(Throwable failure) {
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
    continuity.interrupted();
    cause.ifPresent(trouble -> events.troubled(queue, trouble));
    restFor(backoff.next());
  }

  private void recovered() {
    if (backoff.reset()) {
      events.recovered(queue);
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
    ring.restart(position.offset()).forEach(this::release);
  }

  private void settle(PullRing.Slot slot, Pulled.Stretch stretch) {
    long records = stretch.messages().map(StoredChunk::count).orElse(0);
    long bytes = stretch.messages().map(StoredChunk::bytes).orElse(0L);
    inFlight.settle(slot.reservedRecords(), slot.reservedBytes(), records, bytes);
    if (records < slot.reservedRecords() || bytes < slot.reservedBytes()) {
      events.roomFreed();
    }
    pace.seen(records, bytes);
  }

  private void release(Pulled.Stretch stretch) {
    stretch
        .messages()
        .ifPresent(
            chunk -> {
              inFlight.release(chunk.count(), chunk.bytes());
              events.roomFreed();
            });
  }

  private void release(PullRing.Slot slot) {
    inFlight.release(slot.reservedRecords(), slot.reservedBytes());
    events.roomFreed();
  }
}
