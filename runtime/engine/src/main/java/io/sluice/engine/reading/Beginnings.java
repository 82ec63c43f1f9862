package io.sluice.engine.reading;

import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Where a shared reading begins: in the partitions that its source finds first, and in those that
 * appear later. It begins where most of its flows stand; the others read for themselves until they
 * meet. Guarded by the reading's lock.
 */
final class Beginnings {
  /** Flows that come together begin together: how long the next one is waited for. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  /**
   * How long flows may take to say where they stand, one after another: their targets may have to
   * answer first, and of many flows each takes its time.
   */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** How long the first ones wait for the last in any case: less than flows may take to start. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration LOOK = Duration.ofMillis(100);

  private final SharedReading reading;
  private final Scheduler scheduler;
  private final int targets;
  private Optional<Round> outset = Optional.empty();
  private long askedAt;
  private long lastAnswer;
  private boolean begun;

  /**
   * @param targets how many flows are expected
   */
  Beginnings(SharedReading reading, Scheduler scheduler, int targets) {
    this.reading = reading;
    this.scheduler = scheduler;
    this.targets = targets;
  }

  boolean haveBegun() {
    return begun;
  }

  private Window window() {
    return reading.window();
  }

  /** The source is about to read partitions, and asks where. */
  CompletionStage<Map<Partition, ResumePoint>> assigned(
      List<Partition> partitions, Aftermath after) {
    Round round = new Round(List.copyOf(partitions));
    partitions.forEach(window()::add);
    if (outset.isEmpty()) {
      outset = Optional.of(round);
      askedAt = scheduler.nanoTime();
      lastAnswer = askedAt;
      reading.members().forEach(member -> ask(member, after));
      after.then(() -> scheduler.after(LOOK, () -> reading.change(this::look)));
    } else {
      Set<SharedSource> voters = new LinkedHashSet<>(reading.attached());
      voters.forEach(
          member ->
              member.ask(
                  round.partitions(),
                  after,
                  places -> reading.change(then -> late(round, member, places, voters, then))));
      concludeIfComplete(round, voters, after);
      after.then(
          () ->
              scheduler.after(
                  LONGEST, () -> reading.change(then -> conclude(round, voters, then))));
    }
    return round.answer();
  }

  /** Asks a flow where it stands, once that can be asked. */
  void ask(SharedSource member, Aftermath after) {
    if (outset.isPresent()) {
      List<Partition> all = window().tracks().stream().map(Track::partition).toList();
      member.ask(all, after, places -> reading.change(then -> answered(member, places, then)));
    }
  }

  void forget(SharedSource member) {
    outset.ifPresent(round -> round.answers().remove(member));
  }

  private void answered(SharedSource member, Map<Partition, Origin> places, Aftermath after) {
    if (!reading.members().contains(member)) {
      return;
    }
    lastAnswer = scheduler.nanoTime();
    if (begun) {
      place(member, places, after);
      return;
    }
    Round round = outset.orElseThrow();
    round.answers().put(member, places);
    if (round.answers().size() >= targets) {
      setOut(round, after);
    }
  }

  private void look(Aftermath after) {
    if (begun || reading.hasEnded()) {
      return;
    }
    Round round = outset.orElseThrow();
    long now = scheduler.nanoTime();
    boolean complete =
        reading.members().stream()
            .allMatch(one -> one.readsForItself() || round.answers().containsKey(one));
    boolean quiet = complete && now - lastAnswer >= QUIET.toNanos();
    boolean late = now - lastAnswer >= LONGEST.toNanos() || now - askedAt >= PATIENCE.toNanos();
    if ((quiet || late) && !round.answers().isEmpty()) {
      setOut(round, after);
    }
    after.then(() -> scheduler.after(LOOK, () -> reading.change(this::look)));
  }

  /** Begins where most flows are; without any that it can begin with, one that reads leads. */
  private void setOut(Round round, Aftermath after) {
    Map<SharedSource, Map<Partition, Origin>> answers = Map.copyOf(round.answers());
    Optional<Map<Partition, Origin>> places =
        round.favourite(member -> member.mayBeginAt(answers.get(member)));
    round.answers().clear();
    places.ifPresent(found -> setOut(round, found, after));
    answers.forEach((member, own) -> place(member, own, after));
  }

  private void setOut(Round round, Map<Partition, Origin> places, Aftermath after) {
    begun = true;
    originate(round, places, after);
  }

  private void originate(Round round, Map<Partition, Origin> places, Aftermath after) {
    for (Partition partition : round.partitions()) {
      window().track(partition).originates(Optional.ofNullable(places.get(partition)));
    }
    after.then(() -> round.conclude(places));
  }

  /**
   * The reading has waited for a flow that has read for itself, as there was none that it could
   * begin with: it begins where that one stands.
   */
  void lead(Map<Partition, Origin> places, Aftermath after) {
    setOut(outset.orElseThrow(), places, after);
  }

  private void place(SharedSource member, Map<Partition, Origin> places, Aftermath after) {
    if (begun && !member.isPaused() && member.mayBeginAt(places) && isHere(member, places)) {
      reading.attach(member, after);
    } else {
      member.readForItself(after);
    }
  }

  private boolean isHere(SharedSource member, Map<Partition, Origin> places) {
    Map<Partition, Origin> now = reading.standing();
    return window().tracks().stream()
        .allMatch(
            track ->
                member.seats().knows(track.partition())
                    && track.stoodAt(
                        Optional.ofNullable(places.get(track.partition())),
                        Optional.ofNullable(now.get(track.partition()))));
  }

  private void late(
      Round round,
      SharedSource member,
      Map<Partition, Origin> places,
      Set<SharedSource> voters,
      Aftermath after) {
    round.answers().put(member, places);
    concludeIfComplete(round, voters, after);
  }

  private void concludeIfComplete(Round round, Set<SharedSource> voters, Aftermath after) {
    voters.retainAll(reading.attached());
    if (round.answers().keySet().containsAll(voters)) {
      conclude(round, voters, after);
    }
  }

  private void conclude(Round round, Set<SharedSource> voters, Aftermath after) {
    if (window().track(round.partitions().get(0)).isSettled()) {
      return;
    }
    Set<SharedSource> attached = reading.attached();
    Map<Partition, Origin> places = round.favourite(attached::contains).orElse(Map.of());
    for (SharedSource member : voters) { // before the partitions begin, where they do not stand
      if (attached.contains(member) && !places.equals(round.answers().get(member))) {
        member.leave(after);
      }
    }
    originate(round, places, after);
  }
}
