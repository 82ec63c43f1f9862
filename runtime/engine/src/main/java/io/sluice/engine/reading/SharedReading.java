package io.sluice.engine.reading;

import io.sluice.flows.model.BusReading;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Selection;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.Landmark;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * One reading of a topic for several flows. Each batch is matched once against the rules of all,
 * and handed on to those of whom it holds something; it counts as done then, and stays in the
 * window for those that are not so far. Nobody is waited for: a flow for which something is still
 * to be offered when the window closes over it leaves, and reads for itself.
 *
 * <p>One lock guards the reading and everything of its flows. Others are called without it.
 */
final class SharedReading implements BatchReceiver {
  /** What is kept of the latest batches. */
  static final long WINDOW_BYTES = 32L << 20;

  /** Flows that come together begin together: how long the next one is waited for. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  private static final Duration LONGEST = Duration.ofSeconds(10);
  /** How often the places of flows move to which nothing happens. */
  private static final Duration MARK = Duration.ofSeconds(5);

  private static final Duration LOOK = Duration.ofMillis(100);

  private final Object lock = new Object();
  private final BusReading shared;
  private final Source source;
  private final Scheduler scheduler;
  private final Consumer<SharedReading> onEnd;
  private final Window window = new Window(WINDOW_BYTES);
  private final Set<SharedSource> members = new LinkedHashSet<>();
  private final Set<SharedSource> attached = new LinkedHashSet<>();
  private final Rules rules;

  private Optional<Round> outset = Optional.empty();
  private Optional<SluiceException> trouble = Optional.empty();
  private Map<Partition, Origin> marks = Map.of();
  private long markedAt;
  private long lastAnswer;
  private boolean asked;
  private boolean begun;
  private boolean running;
  private boolean ended;

  /**
   * @param context of one of the flows
   * @param onEnd told when no flow may enter any more
   */
  SharedReading(BusReading shared, SourceContext context, Consumer<SharedReading> onEnd) {
    this.shared = shared;
    this.scheduler = context.scheduler();
    this.source =
        shared.source().create(new ReadingContext(shared.bus(), context, context.inFlightLimit()));
    this.onEnd = onEnd;
    this.rules = new Rules(scheduler);
  }

  /** Makes a change under the lock, and calls others afterwards. */
  void change(Consumer<Aftermath> change) {
    Aftermath after = new Aftermath();
    synchronized (lock) {
      change.accept(after);
    }
    after.run();
  }

  Object lock() {
    return lock;
  }

  Window window() {
    return window;
  }

  /** Answers false if the reading has come to its end. */
  boolean enter(SharedSource member) {
    synchronized (lock) {
      return !ended && members.add(member);
    }
  }

  /** A flow that has entered is ready to be asked. */
  void begin(SharedSource member) {
    change(
        after -> {
          if (!asked) {
            asked = true;
            after.then(this::startSource);
          } else if (outset.isPresent()) {
            ask(member, after);
          }
        });
  }

  private void startSource() {
    CompletionStage<Void> started;
    try {
      started = source.start(this);
    } catch (RuntimeException failure) {
      started = CompletableFuture.failedFuture(failure);
    }
    started.whenComplete(
        (nothing, failure) -> {
          if (failure == null) {
            change(this::runs);
          } else {
            end(member -> member.startFailed(failure));
          }
        });
  }

  private void runs(Aftermath after) {
    running = true;
    for (PartitionProgress one : source.progress()) {
      begins(window.track(one.partition()), one.point());
    }
    attached.forEach(member -> member.runs(after));
  }

  /** Where a partition begins is known, if it was for the source to say. */
  private void begins(Track track, ResumePoint point) {
    if (!track.hasBegun()) {
      track.begin(point.next());
      attached.forEach(member -> member.seat(track.partition()).begin(point));
    }
  }

  @Override
  public CompletionStage<Map<Partition, ResumePoint>> assigned(List<Partition> partitions) {
    Round round = new Round(List.copyOf(partitions));
    change(
        after -> {
          partitions.forEach(window::add);
          if (outset.isEmpty()) {
            outset = Optional.of(round);
            lastAnswer = scheduler.nanoTime();
            List.copyOf(members).forEach(member -> ask(member, after));
            after.then(() -> scheduler.after(LOOK, this::lookAtOutset));
          } else {
            Set<SharedSource> voters = new LinkedHashSet<>(attached);
            voters.forEach(
                member ->
                    member.ask(
                        round.partitions(), after, places -> late(round, member, places, voters)));
            concludeLate(round, voters, after);
            after.then(() -> scheduler.after(LONGEST, () -> tooLate(round, voters)));
          }
        });
    return round.answer();
  }

  private void ask(SharedSource member, Aftermath after) {
    List<Partition> all = window.tracks().stream().map(Track::partition).toList();
    member.ask(
        all, after, places -> change(then -> answered(member, outset.orElseThrow(), places, then)));
  }

  private void answered(
      SharedSource member, Round round, Map<Partition, Origin> places, Aftermath after) {
    if (!members.contains(member)) {
      return;
    }
    lastAnswer = scheduler.nanoTime();
    if (begun) {
      place(member, places, after);
    } else {
      round.answers().put(member, places);
      if (round.answers().size() >= shared.targets()) {
        setOut(round, after);
      }
    }
  }

  private void lookAtOutset() {
    change(
        after -> {
          if (begun || ended) {
            return;
          }
          Round round = outset.orElseThrow();
          boolean quiet = scheduler.nanoTime() - lastAnswer >= QUIET.toNanos();
          if (quiet && !round.answers().isEmpty()) {
            setOut(round, after);
          }
          after.then(() -> scheduler.after(LOOK, this::lookAtOutset));
        });
  }

  /** Begins where most flows are; without any that it can begin with, one that reads leads. */
  private void setOut(Round round, Aftermath after) {
    Map<SharedSource, Map<Partition, Origin>> answers = Map.copyOf(round.answers());
    Optional<Map<Partition, Origin>> places =
        round.favourite(member -> member.mayBeginAt(round.answers().get(member)));
    round.answers().clear();
    places.ifPresent(found -> setOut(round, found, after));
    answers.forEach((member, own) -> place(member, own, after));
  }

  private void setOut(Round round, Map<Partition, Origin> places, Aftermath after) {
    begun = true;
    for (Track track : window.tracks()) {
      track.originates(Optional.ofNullable(places.get(track.partition())));
    }
    after.then(() -> round.conclude(places));
  }

  private void place(SharedSource member, Map<Partition, Origin> places, Aftermath after) {
    Map<Partition, Origin> now = standing();
    boolean here =
        begun
            && member.mayBeginAt(places)
            && window.tracks().stream()
                .allMatch(
                    track ->
                        member.knows(track.partition())
                            && track.stoodAt(
                                Optional.ofNullable(places.get(track.partition())),
                                Optional.ofNullable(now.get(track.partition()))));
    if (here && !member.isPaused()) {
      attach(member, after);
    } else {
      member.readForItself(after);
    }
  }

  private void late(
      Round round, SharedSource member, Map<Partition, Origin> places, Set<SharedSource> voters) {
    change(
        after -> {
          round.answers().put(member, places);
          concludeLate(round, voters, after);
        });
  }

  private void concludeLate(Round round, Set<SharedSource> voters, Aftermath after) {
    voters.retainAll(attached);
    if (round.answers().keySet().containsAll(voters)) {
      conclude(round, voters, after);
    }
  }

  private void tooLate(Round round, Set<SharedSource> voters) {
    change(after -> conclude(round, voters, after));
  }

  private void conclude(Round round, Set<SharedSource> voters, Aftermath after) {
    if (window.track(round.partitions().get(0)).isSettled()) {
      return;
    }
    Map<Partition, Origin> places = round.favourite(attached::contains).orElse(Map.of());
    for (Partition partition : round.partitions()) {
      window.track(partition).originates(Optional.ofNullable(places.get(partition)));
    }
    for (SharedSource member : voters) {
      if (attached.contains(member) && !places.equals(round.answers().get(member))) {
        member.leave(after);
      }
    }
    after.then(() -> round.conclude(places));
  }

  /** A flow takes part from where it stands, all of which the window must cover. */
  void attach(SharedSource member, Aftermath after) {
    attached.add(member);
    rules.add(member);
    member.attached(after);
    trouble.ifPresent(cause -> after.then(() -> member.receiver().troubled(cause)));
    if (running) {
      member.runs(after);
    }
  }

  /** A flow reads for itself from now on. */
  void detach(SharedSource member, Aftermath after) {
    attached.remove(member);
    rules.remove(member);
    trouble.ifPresent(cause -> after.then(() -> member.receiver().recovered()));
  }

  /**
   * The reading has waited for a flow that has read for itself, as there was none that it could
   * begin with: it begins where that one stands.
   */
  void lead(SharedSource member, Map<Partition, Origin> places, Aftermath after) {
    setOut(outset.orElseThrow(), places, after);
    attach(member, after);
  }

  boolean hasBegun() {
    return begun;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Where the source stands: everything before it has been handed on. */
  Map<Partition, Origin> standing() {
    Map<Partition, Origin> places = new HashMap<>();
    source.progress().forEach(one -> places.put(one.partition(), Origin.of(one.point())));
    return places;
  }

  /**
   * Places that the source has come to, the same for a while: flows that were given nothing have
   * come as far.
   */
  Map<Partition, Origin> marks() {
    if (marks.size() < window.tracks().size()
        || scheduler.nanoTime() - markedAt >= MARK.toNanos()) {
      marks = standing();
      markedAt = scheduler.nanoTime();
    }
    return marks;
  }

  /** Where the source's partitions stand. */
  List<PartitionProgress> progress() {
    return source.progress();
  }

  @Override
  public void offer(Batch batch) {
    Matcher matcher;
    synchronized (lock) {
      matcher = rules.current(attached);
    }
    Optional<Map<SharedSource, Selection>> matched = matched(matcher, batch);
    Optional<Landmark> before =
        Optional.ofNullable(standing().get(batch.partition()))
            .filter(place -> !batch.first().isBefore(place.next()))
            .flatMap(Origin::landmark);
    change(
        after -> {
          if (!ended) {
            handOn(batch, before, matcher, matched, after);
          }
        });
    source.done(batch, Optional.empty());
  }

  /** Empty if a rule fails: then each flow finds out for itself. */
  private static Optional<Map<SharedSource, Selection>> matched(Matcher matcher, Batch batch) {
    try {
      return Optional.of(matcher.match(batch));
    } catch (RuntimeException | StackOverflowError failure) {
      return Optional.empty();
    }
  }

  private void handOn(
      Batch batch,
      Optional<Landmark> before,
      Matcher matcher,
      Optional<Map<SharedSource, Selection>> matched,
      Aftermath after) {
    Track track = window.track(batch.partition());
    begins(track, new ResumePoint(batch.first(), Optional.empty(), before));
    Entry entry = window.append(batch, before);
    if (matched.isPresent()) {
      matched
          .get()
          .forEach(
              (member, selection) -> {
                if (attached.contains(member)) {
                  member.takes(entry, Optional.of(selection), after);
                }
              });
    }
    Set<SharedSource> unmatched =
        matched.isPresent() ? rules.unknownTo(matcher, attached) : Set.copyOf(attached);
    unmatched.forEach(member -> member.takes(entry, Optional.empty(), after));
    for (Entry gone : window.shrink()) {
      List.copyOf(gone.waiting()).forEach(member -> member.leave(after));
    }
  }

  /**
   * A flow has ended.
   *
   * @return completes when nothing is read for it any more
   */
  CompletionStage<Void> exit(SharedSource member, Aftermath after) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    members.remove(member);
    attached.remove(member);
    rules.remove(member);
    outset.ifPresent(round -> round.answers().remove(member));
    if (!members.isEmpty() || ended) {
      over.complete(null);
    } else {
      ended = true;
      after.then(() -> onEnd.accept(this));
      after.then(() -> source.stop().whenComplete((nothing, failure) -> over.complete(null)));
    }
    return over;
  }

  /** The reading cannot go on, and those who take part in it cannot. */
  private void end(Consumer<SharedSource> told) {
    change(
        after -> {
          if (ended) {
            return;
          }
          ended = true;
          after.then(() -> onEnd.accept(this));
          after.then(source::close);
          members.stream()
              .filter(member -> !member.readsForItself())
              .forEach(member -> after.then(() -> told.accept(member)));
        });
  }

  /** Who reads without a group shares its partitions with nobody. */
  @Override
  public CompletionStage<Void> revoked(List<Partition> partitions) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void troubled(SluiceException cause) {
    change(
        after -> {
          trouble = Optional.of(cause);
          tell(after, receiver -> receiver.troubled(cause));
        });
  }

  @Override
  public void recovered() {
    change(
        after -> {
          trouble = Optional.empty();
          tell(after, BatchReceiver::recovered);
        });
  }

  private void tell(Aftermath after, Consumer<BatchReceiver> words) {
    members.stream()
        .filter(member -> !member.readsForItself())
        .forEach(member -> after.then(() -> words.accept(member.receiver())));
  }

  @Override
  public void failed(SluiceException cause) {
    end(member -> member.receiver().failed(cause));
  }
}
