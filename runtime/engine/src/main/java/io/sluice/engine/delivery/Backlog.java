package io.sluice.engine.delivery;

import io.sluice.engine.delivery.Consignment.Refusal;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The consignments of a partition that are not through, in the order in which they came, and what
 * of them is written next. Touched on the partition's serial executor alone.
 */
final class Backlog {
  private final Deque<Consignment> open = new ArrayDeque<>();
  private final WriteWindow window;
  private final boolean tolerant;

  Backlog(DeliveryTerms terms) {
    this.window = new WriteWindow(terms.window());
    this.tolerant = terms.tolerant();
  }

  /** What is to be done about records that were not tried. */
  sealed interface Next {

    /** These are to be written, or as many of them from the first on as may be. */
    record Write(Consignment consignment, Batch rest) implements Next {}

    /** This one waits behind another, and the store must know of it before others are written. */
    record KeepPlace(Position position) implements Next {}

    /** Those that are there wait for others to be written with them. */
    record Collect(Duration time) implements Next {}

    /** All were tried, or wait behind others. */
    record Nothing() implements Next {}
  }

  /** Takes a batch that stays one by itself. */
  void add(Consignment consignment) {
    open.add(consignment);
  }

  /** Takes a batch that may be written together with the one before. */
  void collect(Consignment consignment) {
    if (window.isOpen(open)) {
      open.getLast().join(consignment);
    } else {
      open.add(consignment);
    }
  }

  /** All of it, in order. */
  Collection<Consignment> open() {
    return Collections.unmodifiableCollection(open);
  }

  /** Batches of which nothing is left are through. */
  void settle() {
    for (Consignment consignment : List.copyOf(open)) {
      if (consignment.isDelivered() && consignment.refusal().isEmpty()) {
        open.remove(consignment);
        consignment.settle();
      }
    }
  }

  /** The first batch with a record that a rule failed on. */
  Optional<Consignment> refusing() {
    return open.stream().filter(one -> one.refusal().isPresent()).findFirst();
  }

  /** A record that a rule failed on, if everything before it is through. */
  Optional<Refusal> firstIsRefused() {
    return Optional.ofNullable(open.peek())
        .filter(Consignment::isDelivered)
        .flatMap(Consignment::refusal);
  }

  /**
   * What is to be done next.
   *
   * @param bench the records that wait to be tried again
   * @param collecting whether there is time for records to wait for each other
   */
  Next next(RetryBench bench, Instant now, boolean collecting) {
    for (Consignment consignment : open) {
      Optional<Position> passedOver =
          tolerant && !bench.isEmpty() ? bench.follower(consignment) : Optional.empty();
      if (passedOver.isPresent() && consignment.leavesBehind()) {
        return new Next.KeepPlace(passedOver.get());
      }
      Batch rest =
          bench.isEmpty() ? consignment.left() : consignment.rest(bench.passers(consignment));
      if (!rest.isEmpty()) {
        Duration left = window.left(consignment, rest, now);
        return left.compareTo(Duration.ZERO) > 0 && collecting && consignment == open.getLast()
            ? new Next.Collect(left)
            : new Next.Write(consignment, rest);
      }
    }
    return new Next.Nothing();
  }

  /** As many records as may be written together. */
  Batch together(Batch rest) {
    return window.together(rest);
  }

  /**
   * The batch behind which the source may go on, once for each. Nothing overtakes a record that is
   * being tried again unless the flow tolerates errors.
   */
  Optional<Batch> passes(RetryBench bench) {
    boolean mayPass = !open.isEmpty() && (tolerant || bench.isEmpty());
    return mayPass && open.getLast().pass()
        ? Optional.of(open.getLast().lastOffered())
        : Optional.empty();
  }

  /** Ends all of it. */
  void end(Consumer<Consignment.Exit> end) {
    while (!open.isEmpty()) {
      open.remove().exits().forEach(end);
    }
  }
}
