package io.sluice.engine.simulation;

import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.ResumePoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the target system holds: partitions as lists of origin stamps. It survives the runtime. */
final class SimulatedTarget {
  /** Where a record of the target comes from. */
  record Stamp(Partition origin, Position position) {}

  private final Map<Integer, List<Stamp>> partitions = new HashMap<>();
  private final List<SimulatedSink> sinks = new ArrayList<>();
  private final Checker checker;
  private long downUntil;

  SimulatedTarget(Checker checker) {
    this.checker = checker;
  }

  void store(Partition origin, Position position) {
    content(origin).add(new Stamp(origin, position));
    checker.stored(origin, position);
  }

  /** After the last record that came from a partition. */
  Optional<ResumePoint> tail(Partition origin) {
    List<Stamp> content = content(origin);
    for (int index = content.size() - 1; index >= 0; index--) {
      Stamp stamp = content.get(index);
      if (stamp.origin().equals(origin)) {
        return Optional.of(
            new ResumePoint(stamp.position().plus(1), Optional.of(target(origin, index + 1))));
      }
    }
    return Optional.empty();
  }

  private static TargetPosition target(Partition origin, long next) {
    return new TargetPosition("target/topic/" + origin.lane(), next);
  }

  private List<Stamp> content(Partition origin) {
    return partitions.computeIfAbsent(origin.lane(), lane -> new ArrayList<>());
  }

  void goDown(long until) {
    downUntil = until;
  }

  boolean isDown(long now) {
    return now < downUntil;
  }

  void opened(SimulatedSink sink) {
    sinks.add(sink);
  }

  /** What earlier sinks sent comes through now or never: before anybody reads a tail. */
  void settleAllBut(SimulatedSink present) {
    for (SimulatedSink sink : sinks) {
      if (sink != present) {
        sink.settle();
      }
    }
    sinks.removeIf(sink -> sink != present);
  }
}
