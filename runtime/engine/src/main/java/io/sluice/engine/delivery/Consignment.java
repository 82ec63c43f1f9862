package io.sluice.engine.delivery;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.batch.Selection;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.sink.TargetPosition;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One batch, or several in a row, in the hands of a {@link PartitionDelivery}: which of its records
 * are still to be delivered. Touched by that alone.
 */
public final class Consignment {
  private final List<Batch> offered = new ArrayList<>();
  private final List<Exit> exits = new ArrayList<>();
  private final Deque<Refusal> refusals;
  private final Instant since;
  private Batch made;
  private Selection pending;
  private Optional<TargetPosition> target = Optional.empty();
  private int givenUp;
  private boolean passed;

  /** By which records are in order, as far as somebody asked. */
  private final Map<Position, Optional<String>> keys = new HashMap<>();

  private boolean touched;
  private boolean leftBehind;

  /**
   * @param offered the batch as the source offered it
   * @param made what the rules left and made of it; may be empty
   * @param refusals the records that the rules failed on, by position
   * @param exit told once what became of the batch
   * @param since when it came
   */
  public Consignment(Batch offered, Batch made, List<Refusal> refusals, Exit exit, Instant since) {
    this.offered.add(offered);
    this.exits.add(exit);
    this.made = made;
    this.refusals = new ArrayDeque<>(refusals);
    this.since = since;
    this.pending = made.selection();
  }

  /**
   * Takes in the consignment that follows: from now on they are one, of which nothing has been
   * tried.
   */
  void join(Consignment next) {
    List<DetachedRecord> records = new ArrayList<>();
    left().records().forEach(record -> records.add(record.detach()));
    next.left().records().forEach(record -> records.add(record.detach()));
    made =
        Batch.of(made.partition(), made.first(), next.made.next(), new RecordPayload(records))
            .under(next.made.lease());
    pending = made.selection();
    offered.addAll(next.offered);
    exits.addAll(next.exits);
    refusals.addAll(next.refusals);
    givenUp += next.givenUp;
    passed = false;
  }

  /** Marks that some of its records are passed by others; answers whether that is new. */
  boolean leavesBehind() {
    boolean first = !leftBehind;
    leftBehind = true;
    return first;
  }

  /** When its first batch came. */
  Instant since() {
    return since;
  }

  /** Whether another one may join it: nothing of it was tried, and no record stops the flow. */
  boolean mayGrow() {
    return !touched && refusals.isEmpty();
  }

  /** Something of it is tried. */
  void touch() {
    touched = true;
  }

  /** A record that a rule failed on. */
  public record Refusal(Position position, SluiceException reason) {}

  /** Who waits for the end of a batch; called on any thread, one of the three, once. */
  public interface Exit {

    /**
     * Every record is at the target, or given up.
     *
     * @param target where the target stands, if anything was stored and that is known
     * @param givenUp records that came to the target's door and were not delivered
     */
    void settled(Optional<TargetPosition> target, int givenUp);

    /** The flow cannot go on. */
    void failed(SluiceException cause);

    /** The run ends first. */
    void abandoned();
  }

  /** The last batch that the source offered of it. */
  Batch lastOffered() {
    return offered.get(offered.size() - 1);
  }

  List<Exit> exits() {
    return exits;
  }

  Optional<Refusal> refusal() {
    return Optional.ofNullable(refusals.peek());
  }

  void refusalIsOver() {
    refusals.remove();
  }

  boolean isDelivered() {
    return pending.size() == 0;
  }

  /** The records that are to be delivered and may be, in order; may be empty. */
  Batch rest(Predicate<Record> mayBe) {
    return left().filter(mayBe);
  }

  /** All records that are to be delivered, in order; may be empty. */
  Batch left() {
    return pending.size() == made.selection().size() ? made : made.select(pending);
  }

  /** One record that is to be delivered, as a batch of its own. */
  Batch only(Position position) {
    return made.select(pending).from(position).upTo(position.plus(1));
  }

  /**
   * Leaves records out as repetitions of others.
   *
   * @param isRepeat asked once for each that is to be delivered, as the source gave it
   * @return how many there were
   */
  int leaveOut(Predicate<Record> isRepeat) {
    Set<Position> toDeliver = positions(left(), record -> true);
    Set<Position> repeats = new HashSet<>();
    for (Batch batch : offered) {
      repeats.addAll(
          positions(
              batch, record -> toDeliver.contains(record.position()) && isRepeat.test(record)));
    }
    pending = left().filter(record -> !repeats.contains(record.position())).selection();
    givenUp += repeats.size();
    return repeats.size();
  }

  private static Set<Position> positions(Batch batch, Predicate<Record> chosen) {
    Set<Position> positions = new HashSet<>();
    for (Record record : batch.records()) {
      if (chosen.test(record)) {
        positions.add(record.position());
      }
    }
    return positions;
  }

  /**
   * The key of a record as the source gave it.
   *
   * @param key asked once for each record
   */
  Optional<String> key(Position position, Function<Record, Optional<String>> key) {
    if (!keys.containsKey(position)) {
      for (Batch batch : offered) {
        for (Record record : batch.records()) {
          keys.computeIfAbsent(record.position(), absent -> key.apply(record));
        }
      }
    }
    return keys.getOrDefault(position, Optional.empty());
  }

  /** The record as the source gave it; valid until the next call. */
  Record original(Position position) {
    for (Batch batch : offered) {
      for (Record record : batch.records()) {
        if (record.position().equals(position)) {
          return record;
        }
      }
    }
    throw new NoSuchElementException("no record at " + position + " of " + offered);
  }

  void stored(Batch unit, Optional<TargetPosition> at) {
    without(unit.selection());
    target = at.or(() -> target);
  }

  /** Of a part, what is not in its rest is stored. */
  void storedBefore(Batch rest, Batch unit) {
    without(unit.selection().and(index -> !rest.selection().contains(index)));
  }

  void givenUp(Position position) {
    Batch one = only(position);
    if (!one.isEmpty()) {
      without(one.selection());
      givenUp++;
    }
  }

  private void without(Selection done) {
    pending = pending.and(index -> !done.contains(index));
  }

  /** Marks that the source may offer the next batch; answers whether that is new. */
  boolean pass() {
    boolean first = !passed;
    passed = true;
    return first;
  }

  /** Everything of it is through; what was not delivered counts with its first batch. */
  void settle() {
    int notDelivered = givenUp;
    for (Exit exit : exits) {
      exit.settled(target, notDelivered);
      notDelivered = 0;
    }
  }
}
