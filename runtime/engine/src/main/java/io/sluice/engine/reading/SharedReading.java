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
import io.sluice.sdk.source.Starting;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
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
 * window for those that are not so far. Nobody is waited for long: a flow for which something is
 * still to be offered when the window closes over it leaves, and reads for itself.
 *
 * <p>One lock guards the reading and everything of its flows. Others are called without it.
 */
final class SharedReading implements BatchReceiver {
  /** What is kept of the latest batches. */
  static final long WINDOW_BYTES = 32L << 20;

  private static final Duration LOOK = Duration.ofMillis(100);

  /** How often the places of flows move to which nothing happens. */
  private static final Duration MARK = Duration.ofSeconds(5);

  /** How much more seldom they move for each flow, as each writes a checkpoint then. */
  private static final Duration MARK_FOR_EACH = Duration.ofMillis(20);

  private final Object lock = new Object();
  private final Source source;
  private final Scheduler scheduler;
  private final Consumer<SharedReading> onEnd;
  private final Window window = new Window(WINDOW_BYTES);
  private final Set<SharedSource> members = new LinkedHashSet<>();
  private final Set<SharedSource> attached = new LinkedHashSet<>();
  private final Beginnings beginnings;
  private final Rules rules;
  private final Laggards laggards;

  /** Handed on, while there is no room in the window for the next ones. */
  private final List<Batch> deferred = new ArrayList<>();

  private Optional<SluiceException> trouble = Optional.empty();
  private Map<Partition, Origin> marks = Map.of();
  private long markedAt;
  private boolean looking;
  private boolean asked;
  private boolean running;
  private boolean ended;

  /**
   * @param context of one of the flows
   * @param onEnd told when no flow may enter any more
   */
  SharedReading(BusReading shared, SourceContext context, Consumer<SharedReading> onEnd) {
    this.scheduler = context.scheduler();
    this.source =
        shared.source().create(new ReadingContext(shared.bus(), context, context.inFlightLimit()));
    this.onEnd = onEnd;
    this.beginnings = new Beginnings(this, scheduler, shared.targets());
    this.rules = new Rules(scheduler);
    this.laggards = new Laggards(scheduler, LOOK);
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
          } else {
            beginnings.ask(member, after);
          }
        });
  }

  private void startSource() {
    Starting.of(source, this)
        .whenComplete(
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
    attached.forEach(member -> after.then(member::runs));
  }

  /** Where a partition begins is known, if it was for the source to say. */
  private void begins(Track track, ResumePoint point) {
    if (!track.hasBegun()) {
      track.begin(point.next());
      attached.forEach(member -> member.seats().of(track.partition()).begin(point));
    }
  }

  @Override
  public CompletionStage<Map<Partition, ResumePoint>> assigned(List<Partition> partitions) {
    CompletableFuture<Map<Partition, ResumePoint>> answer = new CompletableFuture<>();
    change(after -> beginnings.assigned(partitions, after).thenAccept(answer::complete));
    return answer;
  }

  /** Those that have entered and not ended. */
  Set<SharedSource> members() {
    return new LinkedHashSet<>(members);
  }

  /** Those that take part. */
  Set<SharedSource> attached() {
    return new LinkedHashSet<>(attached);
  }

  /** A flow takes part from where it stands, all of which the window must cover. */
  void attach(SharedSource member, Aftermath after) {
    attached.add(member);
    rules.add(member);
    member.attached(after);
    trouble.ifPresent(cause -> after.then(() -> member.receiver().troubled(cause)));
    if (running) {
      after.then(member::runs);
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
    beginnings.lead(places, after);
    attach(member, after);
  }

  boolean hasBegun() {
    return beginnings.haveBegun();
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
        || scheduler.nanoTime() - markedAt >= markInterval().toNanos()) {
      marks = standing();
      markedAt = scheduler.nanoTime();
    }
    return marks;
  }

  private Duration markInterval() {
    Duration forAll = MARK_FOR_EACH.multipliedBy(attached.size());
    return forAll.compareTo(MARK) > 0 ? forAll : MARK;
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
    Optional<Landmark> before = landmarkBefore(batch);
    change(
        after -> {
          if (!ended) {
            handOn(batch, before, matcher, matched, after);
          }
        });
  }

  /** By what the partition is known again at the start of a batch that is being offered. */
  private Optional<Landmark> landmarkBefore(Batch batch) {
    return source.progress().stream()
        .filter(one -> one.partition().equals(batch.partition()))
        .map(PartitionProgress::point)
        .filter(point -> !batch.first().isBefore(point.next()))
        .findFirst()
        .flatMap(ResumePoint::landmark);
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
        matched.isPresent() ? rules.unknownTo(matcher, attached) : attached();
    unmatched.forEach(member -> member.takes(entry, Optional.empty(), after));
    deferred.add(batch);
    makeRoom(after);
  }

  /** Something of the window has been taken. */
  void taken(Aftermath after) {
    if (!deferred.isEmpty()) {
      after.then(() -> change(this::makeRoom)); // not while a batch is being handed on
    }
  }

  /** Closes the window over what is too much, unless someone is waited for, and goes on reading. */
  private void makeRoom(Aftermath after) {
    while (window.isFull()) {
      List<SharedSource> last = List.copyOf(window.oldest().waiting());
      if (laggards.areWaitedFor(laggards.moving(last), attached.size())) {
        if (!looking) {
          looking = true;
          after.then(() -> scheduler.after(LOOK, () -> change(this::lookAgain)));
        }
        return;
      }
      window.removeOldest();
      last.forEach(member -> member.leave(after));
    }
    laggards.areGone();
    List<Batch> done = List.copyOf(deferred);
    deferred.clear();
    after.then(() -> done.forEach(batch -> source.done(batch, Optional.empty())));
  }

  private void lookAgain(Aftermath after) {
    looking = false;
    makeRoom(after);
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
    beginnings.forget(member);
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
