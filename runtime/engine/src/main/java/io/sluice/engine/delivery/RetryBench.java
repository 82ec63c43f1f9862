package io.sluice.engine.delivery;

import io.sluice.engine.store.OpenRetry;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.Record;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The records of a partition that are tried again later, and who goes before whom (I4): a record
 * goes when all before it that it is in order with are through. Touched by its delivery alone.
 */
final class RetryBench {
  private final RecordOrder order;
  private final TreeMap<Position, Parked> parked = new TreeMap<>();

  /** Retries from before a restart whose records were not offered yet. */
  private final Map<Position, OpenRetry> earlier = new HashMap<>();

  /**
   * Retries from before a restart that may have records before them which were delivered then, but
   * not committed, and are sent again. A retry of this run has none: all before it were through.
   */
  private final Map<Position, String> perhapsBehind = new HashMap<>();

  RetryBench(RecordOrder order, Collection<OpenRetry> earlier) {
    this.order = order;
    earlier.stream()
        .filter(OpenRetry::wasTried)
        .forEach(retry -> this.earlier.put(retry.position(), retry));
  }

  /** The records of a batch that a run before was about to try again. */
  List<Parked> ofEarlierRun(Consignment consignment) {
    if (earlier.isEmpty()) {
      return List.of();
    }
    List<Parked> again = new ArrayList<>();
    for (Record record : consignment.left().records()) {
      OpenRetry retry = earlier.remove(record.position());
      if (retry != null) {
        Optional<String> key = order.key(consignment, record);
        key.ifPresent(present -> perhapsBehind.put(retry.position(), present));
        again.add(
            new Parked(
                consignment, retry.position(), key, retry.attempts(), retry.first(), retry.due()));
      }
    }
    return again;
  }

  /** A record to be tried again, after a failure that allows it. */
  Parked after(Failure failure, Consignment consignment, Record record, Instant due) {
    return new Parked(
        consignment,
        record.position(),
        order.key(consignment, record),
        failure.attempts(),
        failure.first(),
        due);
  }

  boolean isEmpty() {
    return parked.isEmpty();
  }

  int size() {
    return parked.size();
  }

  Optional<Parked> at(Position position) {
    return Optional.ofNullable(parked.get(position));
  }

  /** What went wrong with a record, counted with what went wrong before. */
  Failure failure(Position position, SluiceException reason, Instant now) {
    Optional<Parked> before = at(position);
    return new Failure(
        reason,
        before.map(Parked::attempts).orElse(0) + 1,
        before.map(Parked::first).orElse(now),
        now,
        Optional.empty());
  }

  void put(Parked one) {
    parked.put(one.position(), one);
  }

  /** Answers whether the record was there. */
  boolean remove(Position position) {
    return parked.remove(position) != null;
  }

  void clear() {
    parked.clear();
    perhapsBehind.clear();
  }

  /**
   * Whose turn it is at a time: of several, who waits longest.
   *
   * @param open all that is to be delivered, in order
   */
  Optional<Parked> due(Instant now, Collection<Consignment> open) {
    List<Parked> due = parked.values().stream().filter(one -> !one.due().isAfter(now)).toList();
    if (due.stream().anyMatch(this::isPerhapsBehind)) {
      lookWhoIsBehind(open);
    }
    return due.stream()
        .filter(one -> !isPerhapsBehind(one))
        .min(Comparator.comparing(Parked::due).thenComparing(Parked::position));
  }

  private boolean isPerhapsBehind(Parked one) {
    return perhapsBehind.containsKey(one.position());
  }

  private void lookWhoIsBehind(Collection<Consignment> open) {
    Map<String, Position> firsts = new HashMap<>();
    for (Consignment consignment : open) {
      for (Record record : consignment.left().records()) {
        order.key(consignment, record).ifPresent(key -> firsts.putIfAbsent(key, record.position()));
      }
    }
    perhapsBehind.entrySet().removeIf(one -> one.getKey().equals(firsts.get(one.getValue())));
  }

  /** The first record of a batch that was not tried and waits for one that it is in order with. */
  Optional<Position> follower(Consignment consignment) {
    Predicate<Record> passes = passers(consignment);
    for (Record record : consignment.left().records()) {
      if (!passes.test(record) && !parked.containsKey(record.position())) {
        return Optional.of(record.position());
      }
    }
    return Optional.empty();
  }

  /**
   * Which records of a batch need not wait for those that are here: those that are in order with
   * none of them, or come before.
   */
  Predicate<Record> passers(Consignment consignment) {
    Map<String, Position> firsts = new HashMap<>();
    for (Parked one : parked.values()) {
      one.orderKey().ifPresent(key -> firsts.putIfAbsent(key, one.position()));
    }
    return record ->
        !parked.containsKey(record.position())
            && order
                .key(consignment, record)
                .map(firsts::get)
                .filter(first -> first.isBefore(record.position()))
                .isEmpty();
  }
}
