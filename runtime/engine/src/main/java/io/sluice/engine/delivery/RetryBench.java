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
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The records of a partition that are tried again later. Touched by its delivery alone. */
final class RetryBench {
  /** RocketMQ's name for what ordered messages have in common. */
  private static final String SHARDING_KEY = "__SHARDINGKEY";

  private final TreeMap<Position, Parked> parked = new TreeMap<>();

  /** Retries from before a restart whose records were not offered yet. */
  private final Map<Position, OpenRetry> earlier = new HashMap<>();

  RetryBench(Collection<OpenRetry> earlier) {
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
        again.add(
            new Parked(
                consignment,
                retry.position(),
                shardingKey(record),
                retry.attempts(),
                retry.first(),
                retry.due()));
      }
    }
    return again;
  }

  static Optional<String> shardingKey(Record record) {
    return record.systemProperty(SHARDING_KEY);
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
  }

  /** Whose turn it is at a time: of several, who waits longest. */
  Optional<Parked> due(Instant now) {
    return parked.values().stream()
        .filter(one -> !one.due().isAfter(now))
        .min(Comparator.comparing(Parked::due).thenComparing(Parked::position));
  }

  /** The first record of a batch that was not tried and waits for one of its sharding key. */
  Optional<Position> follower(Consignment consignment) {
    Predicate<Record> passes = passers();
    for (Record record : consignment.left().records()) {
      if (!passes.test(record) && !parked.containsKey(record.position())) {
        return Optional.of(record.position());
      }
    }
    return Optional.empty();
  }

  /** Which records may go before those that are here: those that are not in order with them. */
  Predicate<Record> passers() {
    Set<String> keys =
        parked.values().stream()
            .flatMap(one -> one.shardingKey().stream())
            .collect(Collectors.toSet());
    return record ->
        !parked.containsKey(record.position())
            && shardingKey(record).filter(keys::contains).isEmpty();
  }
}
