package io.sluice.engine.simulation;

import io.sluice.engine.TestError;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.InFlight;
import io.sluice.sdk.source.Ledger;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A source that reads ahead, offers batch by batch in order, and commits its group's offsets now
 * and then. Some of its partitions appear late, and some go to another owner for a while.
 */
class SimulatedSource implements Source {
  private static final int SLOWEST_MICROS = 2_000;
  private static final int READ_AHEAD = 3;

  private final World world;
  private final Scheduler scheduler;
  private final SourceTopic topic;
  private final InFlight inFlight;
  private final Map<Partition, Reader> readers = new LinkedHashMap<>();
  private Optional<BatchReceiver> receiver = Optional.empty();
  private boolean paused;
  private boolean stopped;

  SimulatedSource(World world, SourceContext context) {
    this.world = world;
    this.scheduler = context.scheduler();
    this.topic = world.topic();
    this.inFlight = new InFlight(context.inFlightLimit());
  }

  @Override
  public CompletionStage<Void> start(BatchReceiver receiver) {
    if (world.happens(world.plan().lookups())) {
      return CompletableFuture.failedFuture(TestError.down("the source did not answer"));
    }
    this.receiver = Optional.of(receiver);
    List<Partition> all = topic.partitions();
    int early = all.size() - world.plan().lateLanes();
    if (early < all.size()) {
      scheduler.after(Duration.ofMillis(50), () -> assign(all.subList(early, all.size())));
    }
    CompletionStage<Void> assigned = assign(all.subList(0, early));
    if (world.plan().revocations() > 0) {
      scheduler.after(Duration.ofMillis(10), this::revokeNowAndThen);
    }
    return world.happens(world.plan().lookups() / 2) ? failedLater(assigned) : assigned;
  }

  /** It starts to offer, and then cannot be started. */
  private CompletionStage<Void> failedLater(CompletionStage<Void> assigned) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    assigned.thenAccept(
        nothing ->
            scheduler.after(
                Duration.ofMillis(world.below(20)),
                () -> end.completeExceptionally(TestError.down("the source went away"))));
    return end;
  }

  private CompletionStage<Void> assign(List<Partition> partitions) {
    if (stopped) {
      return CompletableFuture.completedFuture(null);
    }
    return receiver
        .orElseThrow()
        .assigned(partitions)
        .thenAccept(points -> partitions.forEach(one -> begin(one, points.get(one))));
  }

  private void begin(Partition partition, @Nullable ResumePoint known) {
    if (stopped) {
      return;
    }
    ResumePoint start = resumePoint(partition, Optional.ofNullable(known));
    world.resumes(partition, start.next());
    readers.put(partition, new Reader(partition, start));
    soon(this::pump);
    scheduler.after(Duration.ofMillis(20), this::commitNowAndThen);
  }

  ResumePoint resumePoint(Partition partition, Optional<ResumePoint> known) {
    return known.orElseGet(
        () ->
            new ResumePoint(
                topic.groupOffset(partition).orElse(new Position(0)), Optional.empty()));
  }

  private void pump() {
    if (stopped) {
      return;
    }
    boolean waits = false;
    for (Reader reader : readers.values()) {
      waits |= reader.fetch();
      reader.offer();
    }
    if (waits) {
      scheduler.after(Duration.ofMillis(1), this::pump);
    }
  }

  private void soon(Runnable task) {
    scheduler.after(Duration.ofNanos(1_000L * world.below(SLOWEST_MICROS)), task);
  }

  private void commitNowAndThen() {
    if (!stopped && world.happens(0.5)) {
      commit();
      scheduler.after(Duration.ofMillis(20), this::commitNowAndThen);
    }
  }

  private void revokeNowAndThen() {
    if (stopped) {
      return;
    }
    if (!readers.isEmpty() && world.happens(world.plan().revocations())) {
      List<Partition> mine = List.copyOf(readers.keySet());
      revoke(mine.get(world.below(mine.size())));
    }
    scheduler.after(Duration.ofMillis(10), this::revokeNowAndThen);
  }

  /** The other owner does nothing; what it would find at the target and the group is there. */
  private void revoke(Partition partition) {
    Reader gone = readers.remove(partition);
    gone.giveUp();
    receiver
        .orElseThrow()
        .revoked(List.of(partition))
        .thenRun(
            () -> {
              topic.commit(partition, gone.committed());
              // The next owner goes by the target's tail, and reads again what leaves no trace.
              world.checker().forget("committed" + partition);
              world.checker().forget("checkpoint" + partition);
              scheduler.after(Duration.ofMillis(world.below(20)), () -> assign(List.of(partition)));
            });
  }

  private void commit() {
    readers.forEach((partition, reader) -> topic.commit(partition, reader.committed()));
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
    soon(this::pump);
  }

  @Override
  public void done(Batch batch, Optional<TargetPosition> stored) {
    Reader reader = readers.get(batch.partition());
    if (reader != null) { // else it has been given up meanwhile
      reader.done(batch, stored);
    }
  }

  @Override
  public List<PartitionProgress> progress() {
    List<PartitionProgress> progress = new ArrayList<>();
    readers.forEach(
        (partition, reader) ->
            progress.add(
                new PartitionProgress(
                    partition,
                    reader.ledger.resumePoint(),
                    OptionalLong.of(topic.end().offset() - reader.committed().offset()))));
    return progress;
  }

  @Override
  public CompletionStage<Void> stop() {
    CompletableFuture<Void> end = new CompletableFuture<>();
    stopped = true;
    soon(
        () -> {
          commit();
          end.complete(null);
        });
    return end;
  }

  /** Claims what it has committed. */
  void check() {
    world.checker().inFlight(inFlight.records(), world.plan().limit());
    readers.forEach(
        (partition, reader) -> world.checker().claimed("committed", partition, reader.committed()));
  }

  /** Whether no offered batch waits for its end. */
  boolean isQuiet() {
    return readers.values().stream().allMatch(reader -> reader.ledger.isIdle());
  }

  boolean isThrough() {
    return readers.size() == topic.partitions().size()
        && readers.values().stream().allMatch(one -> one.committed().equals(topic.end()));
  }

  /** What the ledger says; mutants say something else. */
  Position committed(Ledger ledger, Position offered) {
    return ledger.committed();
  }

  private final class Reader {
    private final Partition partition;
    private final Ledger ledger;
    private final Queue<Batch> fetched = new ArrayDeque<>();
    private Position end;
    private Position offered;
    private Optional<Batch> open = Optional.empty();

    private Reader(Partition partition, ResumePoint start) {
      this.partition = partition;
      this.ledger = new Ledger(start);
      this.end = start.next();
      this.offered = start.next();
    }

    private void giveUp() {
      fetched.forEach(batch -> inFlight.release(batch.payload().count(), batch.bytes()));
      open.ifPresent(batch -> inFlight.release(batch.payload().count(), batch.bytes()));
      fetched.clear();
    }

    private Position committed() {
      return SimulatedSource.this.committed(ledger, offered);
    }

    /** Answers whether there is more to fetch, and no room for it yet. */
    private boolean fetch() {
      while (fetched.size() < READ_AHEAD && end.isBefore(topic.end())) {
        long size = 1 + world.below(world.plan().batch());
        long next = Math.min(end.offset() + size, topic.end().offset());
        Batch batch = topic.read(partition, end, new Position(next));
        if (!inFlight.tryReserve(batch.payload().count(), batch.bytes())) {
          return true;
        }
        fetched.add(batch);
        end = new Position(next);
      }
      return false;
    }

    private void offer() {
      Batch batch = fetched.peek();
      if (open.isEmpty() && !paused && !stopped && batch != null) {
        fetched.remove();
        open = Optional.of(batch);
        ledger.opened(batch.first(), batch.next());
        offered = batch.next();
        receiver.orElseThrow().offer(batch);
      }
    }

    private void done(Batch batch, Optional<TargetPosition> stored) {
      ledger.done(batch.next(), stored);
      inFlight.release(batch.payload().count(), batch.bytes());
      open = Optional.empty();
      if (world.plan().nested()) {
        fetch();
        offer();
      }
      soon(SimulatedSource.this::pump);
    }
  }
}
