package io.sluice.engine.simulation;

import io.sluice.engine.TestError;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A sink that does whatever the contract allows. What it sends comes to the target after a while,
 * in full, in part or not at all, and its answer comes after another while.
 */
final class SimulatedSink implements Sink {
  private static final int SLOWEST_MICROS = 5_000;
  private static final int SLOW = 5_000;

  private final World world;
  private final Scheduler scheduler;
  private final SimulatedTarget target;
  private final Map<Partition, Sent> lastSent = new HashMap<>();
  private final OpenCalls calls;

  SimulatedSink(World world, Scheduler scheduler) {
    this.world = world;
    this.scheduler = scheduler;
    this.target = world.target();
    this.calls = new OpenCalls(world.checker());
    target.opened(this);
  }

  @Override
  public CompletionStage<Void> prepare(
      List<Partition> partitions, Map<Partition, TargetPosition> known) {
    return later(
        () -> {
          failSometimes();
          return null;
        });
  }

  @Override
  public CompletionStage<Map<Partition, ResumePoint>> tails(
      List<Partition> partitions, Map<Partition, ResumePoint> known) {
    return later(
        () -> {
          failSometimes();
          target.settleAllBut(this);
          Map<Partition, ResumePoint> tails = new HashMap<>();
          if (world.plan().tails()) {
            for (Partition partition : partitions) {
              target.tail(partition).ifPresent(tail -> tails.put(partition, tail));
            }
          }
          return tails;
        });
  }

  @Override
  public CompletionStage<WriteResult> write(Batch batch) {
    calls.writes(batch);
    List<Position> records = positions(batch);
    if (target.isDown(scheduler.nanoTime())) {
      return world.happens(0.5)
          ? refused(batch, records, 0, TestError.down("it is down"))
          : unknown(batch, records, 0);
    }
    int part = world.happens(world.plan().partial()) ? world.below(records.size() + 1) : 0;
    if (world.happens(world.plan().refused())) {
      return refused(batch, records, part, TestError.down("the target refused"));
    }
    if (world.happens(world.plan().unknown())) {
      return unknown(batch, records, world.happens(0.5) ? records.size() : part);
    }
    if (world.happens(world.plan().fatal())) {
      return refused(batch, records, part, TestError.broken("the target will never take it"));
    }
    Sent sent = send(batch, records);
    return sent.answer(
        () -> {
          sent.land();
          return new WriteResult.Stored(target.tail(batch.partition()).orElseThrow().target());
        });
  }

  private CompletionStage<WriteResult> refused(
      Batch batch, List<Position> records, int most, SluiceException reason) {
    int part = Math.min(most, records.size() - 1);
    Sent sent = send(batch, records.subList(0, part));
    return sent.answer(
        () -> {
          sent.land();
          Position from = part == 0 ? batch.first() : records.get(part);
          return new WriteResult.NotStored(from, reason);
        });
  }

  /** The answer may come before the records do. */
  private CompletionStage<WriteResult> unknown(Batch batch, List<Position> records, int part) {
    Sent sent = send(batch, records.subList(0, part));
    int kind = world.below(4);
    if (kind == 0) {
      calls.failed(batch);
      throw new IllegalStateException("a sink with a bug");
    }
    return sent.answer(
        () -> {
          if (kind == 1) {
            throw new IllegalStateException("a sink with another bug");
          }
          Position from = batch.first();
          if (kind == 2 && part > 0) {
            sent.land();
            from = records.get(world.below(part));
          }
          return new WriteResult.Unknown(from, TestError.down("no answer"));
        });
  }

  @Override
  public CompletionStage<WriteResult> resolve(Batch batch) {
    calls.resolves(batch);
    CompletableFuture<WriteResult> answer = new CompletableFuture<>();
    scheduler.after(
        delay(),
        () -> {
          Optional.ofNullable(lastSent.get(batch.partition())).ifPresent(Sent::land);
          WriteResult result = look(batch);
          calls.answered(batch, result);
          answer.complete(result);
        });
    return answer;
  }

  private WriteResult look(Batch batch) {
    if (target.isDown(scheduler.nanoTime()) || world.happens(world.plan().lookups())) {
      return new WriteResult.Unknown(batch.first(), TestError.down("could not look"));
    }
    Optional<ResumePoint> tail = target.tail(batch.partition());
    Position next = tail.map(ResumePoint::next).orElse(new Position(0));
    for (Position position : positions(batch)) {
      if (!position.isBefore(next)) {
        Position from = position.equals(positions(batch).get(0)) ? batch.first() : position;
        return new WriteResult.NotStored(from, TestError.down("it was not stored"));
      }
    }
    return new WriteResult.Stored(tail.orElseThrow().target());
  }

  @Override
  public CompletionStage<Void> release(List<Partition> partitions) {
    return later(
        () -> {
          for (Partition partition : partitions) {
            Optional.ofNullable(lastSent.get(partition)).ifPresent(this::settle);
            calls.settled(partition);
          }
          return null;
        });
  }

  @Override
  public void close() {}

  /** The process is gone, or the sink closed: what is under way arrives or is lost. */
  void settle() {
    lastSent.values().forEach(this::settle);
  }

  private void settle(Sent sent) {
    if (world.happens(0.5)) {
      sent.land();
    } else {
      sent.lose();
    }
  }

  private Sent send(Batch batch, List<Position> records) {
    Sent sent = new Sent(batch, List.copyOf(records));
    lastSent.put(batch.partition(), sent);
    scheduler.after(delay(), sent::land);
    return sent;
  }

  private static List<Position> positions(Batch batch) {
    List<Position> positions = new ArrayList<>();
    for (Record record : batch.records()) {
      positions.add(record.position());
    }
    return positions;
  }

  private void failSometimes() {
    if (target.isDown(scheduler.nanoTime()) || world.happens(world.plan().lookups())) {
      throw TestError.down("the target did not answer");
    }
  }

  private Duration delay() {
    return Duration.ofNanos(1_000L * world.below(SLOWEST_MICROS));
  }

  private <T> CompletionStage<T> later(Supplier<T> action) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    scheduler.after(
        delay(),
        () -> {
          try {
            answer.complete(action.get());
          } catch (RuntimeException failure) {
            answer.completeExceptionally(failure);
          }
        });
    return answer;
  }

  /** Records on their way to the target. */
  private final class Sent {
    private final Batch batch;
    private final List<Position> records;
    private boolean over;

    private Sent(Batch batch, List<Position> records) {
      this.batch = batch;
      this.records = records;
    }

    private void land() {
      if (!over) {
        over = true;
        records.forEach(position -> target.store(batch.partition(), position));
      }
    }

    private void lose() {
      over = true;
    }

    private CompletionStage<WriteResult> answer(Supplier<WriteResult> result) {
      CompletableFuture<WriteResult> answer = new CompletableFuture<>();
      boolean slow = world.happens(world.plan().slow());
      scheduler.after(
          slow ? delay().multipliedBy(SLOW) : delay(),
          () -> {
            try {
              WriteResult known = result.get();
              calls.answered(batch, known);
              answer.complete(known);
            } catch (RuntimeException bug) {
              calls.failed(batch);
              answer.completeExceptionally(bug);
            }
          });
      return answer;
    }
  }
}
