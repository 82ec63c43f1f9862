package io.sluice.rocketmq.source;

import io.sluice.rocketmq.pull.Pulled;
import io.sluice.rocketmq.stored.StoredChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pulls of one queue that are under way, put back in order. Not thread-safe.
 *
 * <p>Pulls are asked ahead, each for a stretch whose end is a guess; a broker may answer a shorter
 * one, because of its limits of bytes, and then the rest of the stretch is asked again, in its
 * place.
 */
final class PullRing {
  private final List<Slot> slots = new ArrayList<>();
  private long asked;

  /**
   * @param start the first offset to ask for
   */
  PullRing(long start) {
    this.asked = start;
  }

  /** One pull. */
  static final class Slot {
    private final long from;
    private final int count;
    private final int reservedRecords;
    private final long reservedBytes;
    private Optional<Pulled.Stretch> stretch = Optional.empty();
    private boolean dropped;

    private Slot(long from, int count, int reservedRecords, long reservedBytes) {
      this.from = from;
      this.count = count;
      this.reservedRecords = reservedRecords;
      this.reservedBytes = reservedBytes;
    }

    /** The offset to ask for. */
    long from() {
      return from;
    }

    /** How many messages to ask for. */
    int count() {
      return count;
    }

    /** The records that were set aside for the answer. */
    int reservedRecords() {
      return reservedRecords;
    }

    /** The memory that was set aside for the answer. */
    long reservedBytes() {
      return reservedBytes;
    }

    /** Whether the ring was cleared meanwhile: the answer is of no use any more. */
    boolean isDropped() {
      return dropped;
    }
  }

  /** Part of the queue, in order. */
  record Piece(long first, long next, Optional<StoredChunk> messages) {}

  /**
   * What follows from an answer.
   *
   * @param rest the pull of what it left open, to be sent now
   * @param unused answers of later pulls that are of no use any more
   */
  record Consequence(Optional<Slot> rest, List<Pulled.Stretch> unused) {}

  /** The offset that the next {@link #ask} asks for. */
  long asked() {
    return asked;
  }

  int size() {
    return slots.size();
  }

  boolean isEmpty() {
    return slots.isEmpty();
  }

  /** A pull of the next {@code count} offsets. */
  Slot ask(int count, int reservedRecords, long reservedBytes) {
    Slot slot = new Slot(asked, count, reservedRecords, reservedBytes);
    slots.add(slot);
    asked += count;
    return slot;
  }

  /**
   * A pull was answered. An answer to the last pull leaves nothing open: the next {@link #ask} goes
   * on where it ends.
   */
  Consequence answered(Slot slot, Pulled.Stretch stretch) {
    slot.stretch = Optional.of(stretch);
    int place = slots.indexOf(slot);
    long end = slot.from + slot.count;
    if (place == slots.size() - 1) {
      asked = stretch.next();
    } else if (stretch.next() < end) {
      int open = (int) (end - stretch.next());
      Slot rest = new Slot(stretch.next(), open, open, slot.reservedBytes * open / slot.count);
      slots.add(place + 1, rest);
      return new Consequence(Optional.of(rest), List.of());
    } else if (stretch.next() > end) {
      // Offsets are missing in the queue: what was asked behind them overlaps, and is asked anew.
      asked = stretch.next();
      return new Consequence(Optional.empty(), drop(place + 1));
    }
    return new Consequence(Optional.empty(), List.of());
  }

  /**
   * The next part in order, once it has arrived. Answers that brought nothing new are passed over.
   */
  Optional<Piece> poll() {
    while (!slots.isEmpty() && slots.get(0).stretch.isPresent()) {
      Slot head = slots.remove(0);
      Pulled.Stretch stretch = head.stretch.orElseThrow();
      if (stretch.next() > head.from) {
        return Optional.of(new Piece(head.from, stretch.next(), stretch.messages()));
      }
    }
    return Optional.empty();
  }

  /**
   * Forgets every pull and goes on at an offset.
   *
   * @return the pulls that had been answered and were not polled
   */
  List<Pulled.Stretch> restart(long offset) {
    List<Pulled.Stretch> unused = drop(0);
    asked = offset;
    return unused;
  }

  private List<Pulled.Stretch> drop(int from) {
    List<Slot> tail = slots.subList(from, slots.size());
    List<Pulled.Stretch> unused = new ArrayList<>();
    for (Slot slot : tail) {
      slot.dropped = true;
      slot.stretch.ifPresent(unused::add);
    }
    tail.clear();
    return unused;
  }
}
