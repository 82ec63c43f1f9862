package io.sluice.rocketmq.source;

import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.Serial;
import io.sluice.rocketmq.pull.Pulled;
import io.sluice.rocketmq.pull.QueuePuller;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.stored.StoredChunk;
import io.sluice.rocketmq.stored.StoredMessages;
import io.sluice.rocketmq.stored.TagExpression;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.InFlight;
import io.sluice.sdk.source.Ledger;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Reads one queue: keeps pulls under way, puts them in order, and offers one batch at a time; while
 * that is at the target, what the next one takes accumulates, so that batches grow with what is
 * waiting.
 *
 * <p>All state is touched by tasks of {@link #serial} only, but for the fields that progress reads.
 */
final class QueueReader {
  /** Pulls under way behind which the broker certainly has messages. */
  private static final int DEPTH = 6;

  /** Size at which a batch is full. */
  private static final long BATCH_BYTES = 512 << 10;

  private static final int BATCH_RECORDS = 4096;

  /** Fetched bytes of this queue that wait for the batch before them; beyond it no pull is sent. */
  private static final long WAITING_BYTES = 2 * BATCH_BYTES;

  /** Size of a message before the first one has been seen. */
  private static final long FIRST_GUESS_BYTES = 1024;

  /** Brokers stop an answer at this size, unless it is a single message. */
  private static final long ANSWER_BYTES = 256 << 10;

  private static final int FULL_ANSWERS_BEFORE_WIDENING = 16;

  /** A broker that does not hold pulls back must not be asked without end. */
  private static final Duration AFTER_NOTHING = Duration.ofMillis(20);

  private final Queue queue;
  private final Partition partition;
  private final QueuePuller puller;
  private final TagExpression tags;
  private final InFlight inFlight;
  private final Scheduler scheduler;
  private final ReaderEvents events;
  private final Ledger ledger;
  private final Serial serial = new Serial(this::broken);
  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
  private final PullRing ring;
  private final Deque<PullRing.Piece> waiting = new ArrayDeque<>();

  private long waitingBytes;
  private Optional<Offer> offered = Optional.empty();
  private long messageBytes = FIRST_GUESS_BYTES;
  private int stride = QueuePuller.MAX_MESSAGES;
  private int fullAnswers;
  private boolean resting;
  private boolean paused;
  private boolean stopped;
  private volatile long end = -1;

  QueueReader(
      Queue queue,
      Partition partition,
      ResumePoint start,
      QueuePuller puller,
      TagExpression tags,
      InFlight inFlight,
      Scheduler scheduler,
      ReaderEvents events) {
    this.queue = queue;
    this.partition = partition;
    this.puller = puller;
    this.tags = tags;
    this.inFlight = inFlight;
    this.scheduler = scheduler;
    this.events = events;
    this.ledger = new Ledger(start);
    this.ring = new PullRing(start.next().offset());
  }

  Queue queue() {
    return queue;
  }

  Partition partition() {
    return partition;
  }

  /** Goes on with what can be done: after the start, and when there is room in flight again. */
  void proceed() {
    serial.execute(this::pump);
  }

  void pause() {
    serial.execute(() -> paused = true);
  }

  void resume() {
    serial.execute(
        () -> {
          paused = false;
          pump();
        });
  }

  /** Ends for good: completes when no offer or other event is under way and none will come. */
  CompletableFuture<Void> stop() {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    serial.execute(
        () -> {
          end();
          ended.complete(null);
        });
    return ended;
  }

  private void end() {
    stopped = true;
    restart(ring.asked());
    waiting.forEach(piece -> piece.messages().ifPresent(this::release));
    waiting.clear();
  }

  /** The offered batch is done. */
  void done(Batch batch, Optional<TargetPosition> stored) {
    serial.execute(
        () -> {
          Offer current =
              offered.orElseThrow(() -> new IllegalStateException("nothing is offered: " + batch));
          ledger.done(current.batch().next(), stored); // I1
          offered = Optional.empty();
          release(current.records(), current.bytes());
          pump();
        });
  }

  Position committed() {
    return ledger.committed();
  }

  PartitionProgress progress() {
    ResumePoint point = ledger.resumePoint();
    long known = end;
    OptionalLong lag =
        known < 0
            ? OptionalLong.empty()
            : OptionalLong.of(Math.max(0, known - point.next().offset()));
    return new PartitionProgress(partition, point.next(), point.target(), lag);
  }

  private void pump() {
    if (stopped) {
      return;
    }
    offer();
    ask();
  }

  private void offer() {
    if (paused || offered.isPresent() || waiting.isEmpty()) {
      return;
    }
    Offer next = takeWaiting();
    ledger.opened(next.batch().first(), next.batch().next());
    offered = Optional.of(next);
    events.offer(next.batch());
  }

  private Offer takeWaiting() {
    List<StoredChunk> chunks = new ArrayList<>();
    long first = waiting.getFirst().first();
    long next = first;
    long bytes = 0;
    int records = 0;
    while (!waiting.isEmpty() && (records == 0 || fits(waiting.getFirst(), bytes, records))) {
      PullRing.Piece piece = waiting.removeFirst();
      next = piece.next();
      if (piece.messages().isPresent()) {
        StoredChunk chunk = piece.messages().get();
        chunks.add(chunk);
        bytes += chunk.bytes();
        records += chunk.count();
      }
    }
    waitingBytes -= bytes;
    StoredMessages messages = StoredMessages.of(chunks);
    Batch batch = Batch.of(partition, new Position(first), new Position(next), messages);
    Batch passing = tags.matchesAll() ? batch : batch.select(tags.select(messages));
    return new Offer(passing, records, bytes);
  }

  private static boolean fits(PullRing.Piece piece, long bytes, int records) {
    return piece
        .messages()
        .map(
            chunk ->
                bytes + chunk.bytes() <= BATCH_BYTES && records + chunk.count() <= BATCH_RECORDS)
        .orElse(true);
  }

  /** Sends pulls: several where messages certainly wait, otherwise one that waits at the broker. */
  private void ask() {
    while (!resting && !paused && ring.size() < DEPTH && waitingBytes < WAITING_BYTES) {
      // Behind a filter nobody knows the next offset before the answer; at the end there is none.
      boolean ahead = tags.matchesAll() && ring.asked() < end;
      if (!ahead && !ring.isEmpty()) {
        return;
      }
      int count = ahead ? (int) Math.min(stride, end - ring.asked()) : QueuePuller.MAX_MESSAGES;
      // A pull that waits at the broker must not hold the room that queues with messages need.
      int records = ahead ? count : 1;
      long bytes = Math.min(records * messageBytes, Math.max(ANSWER_BYTES, messageBytes));
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
    events.starving(this);
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
                        failed(slot, CallFailure.unwrap(failure));
                      } else {
                        answered(slot, pulled);
                      }
                    }));
  }

  private void answered(PullRing.Slot slot, Pulled pulled) {
    if (pulled instanceof Pulled.Outside outside) {
      release(slot);
      outside(slot, outside);
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
        restart(firstUnread());
        rest(Optional.empty());
        return;
      }
      narrow(slot, stretch);
      inFlight.settle(0, 0, rest.reservedRecords(), rest.reservedBytes());
      send(rest, false);
    } else {
      widen(slot, stretch);
    }
    if (backoff.reset()) {
      events.recovered(queue);
    }
    collect();
    if (stretch.next() == slot.from()) {
      restFor(AFTER_NOTHING);
    }
    pump();
  }

  private void collect() {
    for (Optional<PullRing.Piece> piece = ring.poll(); piece.isPresent(); piece = ring.poll()) {
      waiting.add(piece.get());
      waitingBytes += piece.get().messages().map(StoredChunk::bytes).orElse(0L);
    }
  }

  /** Brokers stop at 256 KB, and at 8 messages of what they read from disk: ask for what comes. */
  private void narrow(PullRing.Slot slot, Pulled.Stretch stretch) {
    fullAnswers = 0;
    stride = (int) Math.max(1, Math.min(stride, stretch.next() - slot.from()));
  }

  private void widen(PullRing.Slot slot, Pulled.Stretch stretch) {
    int messages = stretch.messages().map(StoredChunk::count).orElse(0);
    if (messages > slot.count()) {
      // A batch that is stored as one message: each smaller step would bring all of it again.
      stride = messages;
    } else if (stretch.next() - slot.from() == stride
        && ++fullAnswers >= FULL_ANSWERS_BEFORE_WIDENING) {
      fullAnswers = 0;
      stride = Math.max(stride, Math.min(QueuePuller.MAX_MESSAGES, stride * 2));
    }
  }

  private void outside(PullRing.Slot slot, Pulled.Outside outside) {
    boolean headOfQueue = firstUnread() == slot.from();
    OptionalLong goOn =
        headOfQueue ? events.outside(this, slot.from(), outside) : OptionalLong.empty();
    if (goOn.isEmpty()) {
      restart(firstUnread());
      rest(Optional.empty());
      return;
    }
    // The range that is gone counts as done: the flow file decided so.
    restart(goOn.getAsLong());
    waiting.add(new PullRing.Piece(slot.from(), goOn.getAsLong(), Optional.empty()));
    pump();
  }

  private void failed(PullRing.Slot slot, Throwable failure) {
    release(slot);
    if (failure instanceof RetriableException cause) {
      restart(firstUnread());
      rest(Optional.of(cause));
    } else {
      broken(
          failure instanceof RuntimeException known ? known : new IllegalStateException(failure));
    }
  }

  /** Waits a little before the next pull. */
  private void rest(Optional<SluiceException> cause) {
    cause.ifPresent(trouble -> events.troubled(queue, trouble));
    restFor(backoff.next());
  }

  private void restFor(Duration pause) {
    resting = true;
    scheduler.after(
        pause,
        () ->
            serial.execute(
                () -> {
                  resting = false;
                  pump();
                }));
  }

  private long firstUnread() {
    collect();
    if (!waiting.isEmpty()) {
      return waiting.getLast().next();
    }
    return offered.map(Offer::batch).map(Batch::next).orElseGet(ledger::committed).offset();
  }

  private void restart(long offset) {
    ring.restart(offset).forEach(this::release);
  }

  private void settle(PullRing.Slot slot, Pulled.Stretch stretch) {
    long records = stretch.messages().map(StoredChunk::count).orElse(0);
    long bytes = stretch.messages().map(StoredChunk::bytes).orElse(0L);
    inFlight.settle(slot.reservedRecords(), slot.reservedBytes(), records, bytes);
    if (records < slot.reservedRecords() || bytes < slot.reservedBytes()) {
      events.roomFreed();
    }
    if (records > 0) {
      // Grows at once and shrinks slowly: a guess that is too low passes the limit. I6
      long seen = bytes / records;
      messageBytes = Math.max(1, Math.max(seen, (3 * messageBytes + seen) / 4));
    }
  }

  private void release(Pulled.Stretch stretch) {
    stretch.messages().ifPresent(this::release);
  }

  private void release(StoredChunk chunk) {
    release(chunk.count(), chunk.bytes());
  }

  private void release(PullRing.Slot slot) {
    release(slot.reservedRecords(), slot.reservedBytes());
  }

  private void release(long records, long bytes) {
    inFlight.release(records, bytes);
    events.roomFreed();
  }

  private void broken(RuntimeException failure) {
    end();
    events.broken(this, failure);
  }

  /** A batch at the engine, and what it holds of the in-flight limit. */
  private record Offer(Batch batch, long records, long bytes) {}
}
