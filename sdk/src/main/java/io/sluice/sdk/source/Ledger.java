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
  private Optional<Landmark> landmark;

  /** Begins at a resume point: everything before it is done. */
  public Ledger(ResumePoint start) {
    this.committed = start.next();
    this.end = start.next();
    this.target = start.target();
    this.landmark = start.landmark();
  }

  /** A range is about to be offered: from the end of the last one to {@code next}. */
  public void opened(Position first, Position next) {
    opened(first, next, Optional.empty());
  }

  /**
   * A range is about to be offered: from the end of the last one to {@code next}.
   *
   * @param left what of it the source will know the partition again by; without one an earlier one
   *     of the same incarnation serves
   */
  public synchronized void opened(Position first, Position next, Optional<Landmark> left) {
    if (!first.equals(end) || !first.isBefore(next)) {
      throw new IllegalArgumentException(
          "range " + first + " to " + next + " does not follow " + end);
    }
    open.add(new Range(next, left));
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
      boolean anew = first.next.incarnation() != committed.incarnation();
      landmark = anew ? first.landmark : first.landmark.or(() -> landmark);
      committed = first.next;
      target = later(first.target);
    }
  }

  /**
   * Where the target stands. What is done late was stored late: the target must not be thought
   * shorter than that, by the word of a range behind it.
   */
  private Optional<TargetPosition> later(Optional<TargetPosition> stored) {
    boolean behind =
        stored.isPresent()
            && target.isPresent()
            && stored.get().partition().equals(target.get().partition())
            && stored.get().next() < target.get().next();
    return stored.isEmpty() || behind ? target : stored;
  }

  /** Everything before it is done. */
  public synchronized Position committed() {
    return committed;
  }

  /** The committed position with the target's position and the landmark beside it. */
  public synchronized ResumePoint resumePoint() {
    return new ResumePoint(committed, target, landmark);
  }

  /** Whether every opened range is done. */
  public synchronized boolean isIdle() {
    return open.isEmpty();
  }

  private static final class Range {
    private final Position next;
    private final Optional<Landmark> landmark;
    private boolean done;
    private Optional<TargetPosition> target = Optional.empty();

    private Range(Position next, Optional<Landmark> landmark) {
      this.next = next;
      this.landmark = landmark;
    }
  }
}
