package io.sluice.sdk.source;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.sink.TargetPosition;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * What is in flight of one partition, and the lowest position that is not done. Thread-safe.
 *
 * <p>Ranges are opened in order and without gaps; they are done in any order. The committed
 * position is the start of the first range that is not done, or the end of the last one (I1); it
 * never moves backwards (I2).
 */
public final class Ledger {
  private final ArrayDeque<Range> open = new ArrayDeque<>();
  private Position committed;
  private Position end;
  private Optional<TargetPosition> target;

  /** Begins at a resume point: everything before it is done. */
  public Ledger(ResumePoint start) {
    this.committed = start.next();
    this.end = start.next();
    this.target = start.target();
  }

  /** A range is about to be offered: from the end of the last one to {@code next}. */
  public synchronized void opened(Position first, Position next) {
    if (!first.equals(end) || !first.isBefore(next)) {
      throw new IllegalArgumentException(
          "range " + first + " to " + next + " does not follow " + end);
    }
    open.add(new Range(next));
    end = next;
  }

  /**
   * A range is done.
   *
   * @param next its end, as opened
   * @param stored where the target stands after it, if anything of it was stored
   */
  public synchronized void done(Position next, Optional<TargetPosition> stored) {
    Range range =
        open.stream()
            .filter(candidate -> candidate.next.equals(next))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no open range ends at " + next));
    if (range.done) {
      throw new IllegalArgumentException("range to " + next + " is done already");
    }
    range.done = true;
    range.target = stored;
    while (!open.isEmpty() && open.peek().done) {
      Range first = open.remove();
      committed = first.next;
      target = first.target.or(() -> target);
    }
  }

  /** Everything before it is done. */
  public synchronized Position committed() {
    return committed;
  }

  /** The committed position with the target's position beside it. */
  public synchronized ResumePoint resumePoint() {
    return new ResumePoint(committed, target);
  }

  /** Whether every opened range is done. */
  public synchronized boolean isIdle() {
    return open.isEmpty();
  }

  private static final class Range {
    private final Position next;
    private boolean done;
    private Optional<TargetPosition> target = Optional.empty();

    private Range(Position next) {
      this.next = next;
    }
  }
}
