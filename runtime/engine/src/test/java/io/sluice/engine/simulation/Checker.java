package io.sluice.engine.simulation;

import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Knows what every record of the world has come to, and what was claimed about it. The first
 * violation is kept, because the engine survives what its connectors throw.
 */
final class Checker {
  private final SourceTopic topic;
  private final boolean mayRepeat;
  private final Map<Partition, Fate> fates = new HashMap<>();
  private final Map<String, Position> highest = new HashMap<>();
  private Optional<InvariantViolation> first = Optional.empty();

  Checker(SourceTopic topic, boolean mayRepeat) {
    this.topic = topic;
    this.mayRepeat = mayRepeat;
    for (Partition partition : topic.partitions()) {
      fates.put(partition, new Fate(partition));
    }
  }

  /** A record came to the target. */
  void stored(Partition partition, Position position) {
    fate(partition).stored((int) position.offset());
  }

  /** Somebody claims that everything before a position is done: I1, and I2 by claimant. */
  void claimed(String claimant, Partition partition, Position position) {
    Position done = fate(partition).done();
    if (done.isBefore(position)) {
      violated(
          "I1",
          claimant + " of " + partition + " is " + position + ", but " + done + " is not stored");
    }
    Position before = highest.merge(claimant + partition, position, Checker::later);
    if (position.isBefore(before)) {
      violated("I2", claimant + " of " + partition + " went from " + before + " to " + position);
    }
  }

  /** A claimant begins anew: its claims may start lower. */
  void forget(String claimant) {
    highest.keySet().removeIf(key -> key.startsWith(claimant));
  }

  /** Where a partition goes on, in comparison with what was durably claimed before. */
  void resumes(Partition partition, Position resume, Optional<Position> durable) {
    if (durable.isPresent() && resume.isBefore(durable.get())) {
      violated("I2", partition + " resumes at " + resume + ", behind " + durable.get());
    }
    Position done = fate(partition).done();
    if (done.isBefore(resume)) {
      violated("I3", partition + " resumes at " + resume + ", past " + done);
    }
  }

  void inFlight(long records, long limit) {
    if (records > limit) {
      violated("I6", records + " records are in flight, " + limit + " may be");
    }
  }

  boolean everythingArrived() {
    return fates.values().stream().allMatch(fate -> fate.done().equals(topic.end()));
  }

  void violated(String invariant, String message) {
    InvariantViolation violation = new InvariantViolation(invariant, message);
    if (first.isEmpty()) {
      first = Optional.of(violation);
    }
    throw violation;
  }

  void rethrow() {
    if (first.isPresent()) {
      throw first.get();
    }
  }

  private Fate fate(Partition partition) {
    return fates.get(partition);
  }

  private static Position later(Position one, Position other) {
    return one.isBefore(other) ? other : one;
  }

  /** What became of the records of one partition. */
  private final class Fate {
    private final Partition partition;
    private final BitSet stored = new BitSet();
    private int last = -1;
    private int done;

    private Fate(Partition partition) {
      this.partition = partition;
    }

    private void stored(int offset) {
      if (!topic.isWanted(partition, offset)) {
        violated("I3", "a dropped record was stored: " + partition + " @" + offset);
      }
      if (stored.get(offset) && !mayRepeat) {
        violated("I4", "stored twice: " + partition + " @" + offset);
      }
      if (!stored.get(offset) && offset < last) {
        violated("I4", partition + " @" + offset + " was stored after " + last);
      }
      stored.set(offset);
      last = Math.max(last, offset);
    }

    /** The first position whose record should be at the target and is not. */
    private Position done() {
      while (done < topic.end().offset()
          && (stored.get(done) || !topic.isWanted(partition, done))) {
        done++;
      }
      return new Position(done);
    }
  }
}
