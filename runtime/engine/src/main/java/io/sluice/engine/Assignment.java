package io.sluice.engine;

import io.sluice.engine.ResumeOrder.Decision.Absent;
import io.sluice.engine.ResumeOrder.Decision.Resume;
import io.sluice.engine.ResumeOrder.Decision.StepBack;
import io.sluice.engine.store.Checkpoint;
import io.sluice.engine.store.OpenRetry;
import io.sluice.engine.time.SerialExecutor;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.ResumePoint;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the target ready for partitions and finds out where they resume, one set of partitions
 * after another. A lookup that fails is repeated as long as the run lives; it never counts as one
 * that found nothing.
 *
 * <p>Whatever is kept between calls is touched on the flow's serial executor, the log on the
 * store's thread.
 */
final class Assignment {
  private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

  private final FlowRun run;
  private final EngineParts parts;
  private final SerialExecutor serial;
  private final Set<Partition> all = new LinkedHashSet<>();
  private final Map<Partition, TargetPosition> known = new HashMap<>();

  /**
   * Of those partitions that were added last: where they stood when the target's place was known.
   */
  private final Map<Partition, ResumePoint> stored = new HashMap<>();

  /** By name of the partition: what a run before was about to try again. */
  private Map<String, List<OpenRetry>> retries = Map.of();

  /** By name of the partition: the checkpoints at the last look. */
  private Map<String, Checkpoint> loaded = Map.of();

  private CompletionStage<?> last = CompletableFuture.completedFuture(null);

  Assignment(FlowRun run, EngineParts parts, SerialExecutor serial) {
    this.run = run;
    this.parts = parts;
    this.serial = serial;
  }

  /** Adds partitions. Called on the serial executor. */
  CompletionStage<Map<Partition, ResumePoint>> add(List<Partition> added) {
    CompletionStage<Map<Partition, ResumePoint>> points =
        last.thenComposeAsync(before -> load(), serial)
            .thenComposeAsync(checkpoints -> prepare(added, checkpoints), serial)
            .thenComposeAsync(nothing -> tails(added), serial)
            .thenComposeAsync(tails -> decide(added, tails), serial)
            .thenApplyAsync(this::resolved, serial);
    last = points;
    return points;
  }

  /**
   * Forgets partitions that another runtime moves on from now. Called on the serial executor, when
   * nothing of them is written any more.
   *
   * @return does not fail: a checkpoint that could not be removed is only old
   */
  CompletionStage<Void> forget(List<Partition> revoked) {
    known.keySet().removeAll(revoked);
    List<String> names = revoked.stream().map(Partition::name).toList();
    return Stages.supply(
            parts.storeThread(),
            () -> {
              run.log().removed(names);
              parts.store().remove(run.flow(), names);
              return names;
            })
        .exceptionally(
            failure -> {
              LOG.warn("{}: checkpoints of {} remain: {}", run.flow(), names, failure.toString());
              return names;
            })
        .thenCompose(removed -> Stages.call(() -> run.sink().release(revoked)))
        .thenCompose(released -> deadLetters(sink -> Stages.call(() -> sink.release(revoked))));
  }

  /** Asks the sink of the dead-letter queue, if there is one. */
  private CompletionStage<Void> deadLetters(Function<Sink, CompletionStage<Void>> call) {
    return run.guarded()
        .flatMap(GuardedDelivery::deadLetters)
        .map(call)
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  private CompletionStage<Map<String, Checkpoint>> load() {
    return persistently(
        "the checkpoint store",
        () ->
            Stages.supply(
                parts.storeThread(),
                () -> {
                  Map<String, Checkpoint> checkpoints = parts.store().load(run.flow());
                  run.log().loaded(checkpoints);
                  List<OpenRetry> open = parts.store().retries(run.flow());
                  serial.execute(
                      () -> {
                        retries = behind(checkpoints, open);
                        loaded = checkpoints;
                      });
                  return checkpoints;
                }));
  }

  private Optional<ResumePoint> checkpoint(Partition partition) {
    return Optional.ofNullable(loaded.get(partition.name())).map(Checkpoint::point);
  }

  /** What lies before a checkpoint was delivered after all. */
  private static Map<String, List<OpenRetry>> behind(
      Map<String, Checkpoint> checkpoints, List<OpenRetry> open) {
    return open.stream()
        .filter(
            retry ->
                Optional.ofNullable(checkpoints.get(retry.partition()))
                    .filter(checkpoint -> retry.position().isBefore(checkpoint.position()))
                    .isEmpty())
        .collect(Collectors.groupingBy(OpenRetry::partition));
  }

  private CompletionStage<Void> prepare(
      List<Partition> added, Map<String, Checkpoint> checkpoints) {
    all.addAll(added);
    stored.clear();
    for (Partition partition : added) {
      Checkpoint checkpoint = checkpoints.get(partition.name());
      if (checkpoint != null && checkpoint.target().isPresent()) {
        known.put(partition, checkpoint.target().get());
        stored.put(partition, checkpoint.point());
      }
    }
    List<Partition> sofar = List.copyOf(all);
    return persistently("the sink", () -> run.sink().prepare(sofar, Map.copyOf(known)))
        .thenComposeAsync(
            prepared ->
                deadLetters(
                    sink ->
                        persistently("the dead-letter queue", () -> sink.prepare(sofar, Map.of()))),
            serial);
  }

  private CompletionStage<Map<Partition, ResumePoint>> tails(List<Partition> added) {
    Map<Partition, ResumePoint> retried = retried(added);
    boolean tailTells = run.guarded().map(GuardedDelivery::tailTells).orElse(true);
    List<Partition> others =
        added.stream().filter(partition -> tailTells && !retried.containsKey(partition)).toList();
    if (others.isEmpty()) {
      return CompletableFuture.completedFuture(retried);
    }
    Map<Partition, ResumePoint> checkpoints = new HashMap<>(stored);
    checkpoints.keySet().retainAll(others);
    return persistently("the sink", () -> run.sink().tails(others, Map.copyOf(checkpoints)))
        .thenApply(
            tails -> {
              Map<Partition, ResumePoint> points = new HashMap<>(tails);
              points.putAll(retried);
              return points;
            });
  }

  /**
   * Where partitions go on of which records were waiting to be tried again: at their checkpoints.
   * What is at the target may lie behind those records, so its tail says nothing.
   */
  private Map<Partition, ResumePoint> retried(List<Partition> added) {
    Map<Partition, ResumePoint> points = new HashMap<>();
    for (Partition partition : added) {
      List<OpenRetry> open = retries.getOrDefault(partition.name(), List.of());
      open.stream()
          .map(OpenRetry::position)
          .min(Comparator.naturalOrder())
          .map(first -> new ResumePoint(first, Optional.empty()))
          .map(first -> checkpoint(partition).orElse(first))
          .ifPresent(point -> points.put(partition, point));
      run.guarded().ifPresent(guarded -> guarded.resumes(partition, open));
    }
    return points;
  }

  /** On the store's thread, because a step back must be stored before anybody acts on it. */
  private CompletionStage<Map<Partition, ResumePoint>> decide(
      List<Partition> added, Map<Partition, ResumePoint> tails) {
    return persistently(
        "the checkpoint store",
        () ->
            Stages.supply(
                parts.storeThread(),
                () -> {
                  Map<Partition, ResumePoint> points = new HashMap<>();
                  for (Partition partition : added) {
                    decide(partition, Optional.ofNullable(tails.get(partition)))
                        .ifPresent(point -> points.put(partition, point));
                  }
                  return points;
                }));
  }

  private Optional<ResumePoint> decide(Partition partition, Optional<ResumePoint> tail) {
    ResumeOrder.Decision decision = ResumeOrder.decide(tail, run.log().stored(partition.name()));
    if (decision instanceof Absent) {
      return Optional.empty();
    }
    if (decision instanceof Resume resume) {
      return Optional.of(resume.point());
    }
    ResumePoint back = ((StepBack) decision).point();
    Checkpoint step = run.log().at(partition.name(), back, parts.scheduler().now());
    run.log().written(parts.store().reset(step)); // I2: the only way back
    return Optional.of(back);
  }

  private Map<Partition, ResumePoint> resolved(Map<Partition, ResumePoint> points) {
    run.recoveredAt(this);
    points.forEach(
        (partition, point) -> point.target().ifPresent(target -> known.put(partition, target)));
    return Map.copyOf(points);
  }

  private <T> CompletionStage<T> persistently(
      String who, Supplier<? extends CompletionStage<T>> call) {
    return Stages.persistently(
        call,
        who,
        run.place(),
        parts.scheduler(),
        parts.backoff(),
        () -> !run.hasEnded(),
        cause -> run.troubledAt(this, cause));
  }
}
