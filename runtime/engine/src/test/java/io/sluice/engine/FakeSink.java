package io.sluice.engine;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.sink.WriteResult.NotStored;
import io.sluice.sdk.sink.WriteResult.Stored;
import io.sluice.sdk.sink.WriteResult.Unknown;
import io.sluice.sdk.source.ResumePoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A sink in the hands of a test: it answers what the test put in line, else it stores. */
final class FakeSink implements Sink {
  final List<String> calls = new ArrayList<>();
  final List<Position> stored = new ArrayList<>();
  final Queue<Function<Batch, CompletionStage<WriteResult>>> answers = new ArrayDeque<>();
  final Queue<RuntimeException> lookupFailures = new ArrayDeque<>();
  final Map<Partition, ResumePoint> tails = new HashMap<>();

  /** What is wrong with a record, if anything: it and those behind it are not stored. */
  Function<Record, Optional<SluiceException>> verdict = record -> Optional.empty();

  /** The records that were stored, as they came. */
  final List<DetachedRecord> records = new ArrayList<>();

  Map<Partition, TargetPosition> known = Map.of();
  List<Partition> prepared = List.of();
  boolean closed;

  /** Puts an answer in line; the next call to write or resolve gives it. */
  FakeSink then(WriteResult answer) {
    answers.add(batch -> CompletableFuture.completedFuture(answer));
    return this;
  }

  FakeSink then(Function<Batch, CompletionStage<WriteResult>> answer) {
    answers.add(answer);
    return this;
  }

  static WriteResult refused(long from) {
    return new NotStored(new Position(from), TestError.down("refused"));
  }

  static WriteResult never(long from) {
    return new NotStored(new Position(from), TestError.broken("never"));
  }

  static WriteResult unknown(long from) {
    return new Unknown(new Position(from), TestError.down("unknown"));
  }

  static WriteResult stored() {
    return new Stored(Optional.empty());
  }

  @Override
  public CompletionStage<Void> prepare(
      List<Partition> partitions, Map<Partition, TargetPosition> targets) {
    calls.add("prepare");
    if (!lookupFailures.isEmpty()) {
      return CompletableFuture.failedFuture(lookupFailures.remove());
    }
    prepared = partitions;
    known = targets;
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Map<Partition, ResumePoint>> tails(
      List<Partition> partitions, Map<Partition, ResumePoint> targets) {
    calls.add("tails");
    if (!lookupFailures.isEmpty()) {
      throw lookupFailures.remove();
    }
    Map<Partition, ResumePoint> found = new HashMap<>(tails);
    found.keySet().retainAll(partitions);
    return CompletableFuture.completedFuture(found);
  }

  @Override
  public CompletionStage<WriteResult> write(Batch batch) {
    calls.add("write " + batch.first() + "-" + batch.next());
    if (!answers.isEmpty()) {
      return answers.remove().apply(batch);
    }
    for (Record record : batch.records()) {
      Optional<SluiceException> wrong = verdict.apply(record);
      if (wrong.isPresent()) {
        return CompletableFuture.completedFuture(new NotStored(record.position(), wrong.get()));
      }
      stored.add(record.position());
      records.add(record.detach());
    }
    TargetPosition target = new TargetPosition("target", batch.next().offset());
    return CompletableFuture.completedFuture(new Stored(Optional.of(target)));
  }

  @Override
  public CompletionStage<WriteResult> resolve(Batch batch) {
    calls.add("resolve " + batch.first() + "-" + batch.next());
    return answers.isEmpty()
        ? CompletableFuture.completedFuture(refused(batch.first().offset()))
        : answers.remove().apply(batch);
  }

  @Override
  public void close() {
    closed = true;
  }
}
