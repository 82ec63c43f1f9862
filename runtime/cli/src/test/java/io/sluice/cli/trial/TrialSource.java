package io.sluice.cli.trial;

import io.sluice.cli.CommandError;
import io.sluice.cli.trial.TrialConnector.Mood;
import io.sluice.cli.trial.TrialConnector.SourceKeys;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.Ledger;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Numbered records in one partition, a batch at a time. */
final class TrialSource implements Source {
  private static final int BATCH = 100;

  private final SourceKeys keys;
  private final SourceContext context;
  private final Partition partition;
  private Ledger ledger = new Ledger(new ResumePoint(new Position(0), Optional.empty()));
  private @Nullable BatchReceiver receiver;
  private boolean open;
  private boolean paused;

  TrialSource(SourceKeys keys, SourceContext context) {
    this.keys = keys;
    this.context = context;
    this.partition = new Partition("trial/" + context.flow(), 0);
  }

  @Override
  public CompletionStage<Void> start(BatchReceiver to) {
    return to.assigned(List.of(partition)).thenAccept(known -> begin(to, known));
  }

  private synchronized void begin(BatchReceiver to, Map<Partition, ResumePoint> known) {
    if (known.containsKey(partition)) {
      ledger = new Ledger(known.get(partition));
    }
    receiver = to;
    open = true;
    context.scheduler().execute(this::offer);
  }

  private void offer() {
    Batch batch;
    synchronized (this) {
      long first = ledger.committed().offset();
      if (receiver == null || !open || paused || !ledger.isIdle()) {
        return;
      }
      if (first >= keys.count()) {
        if (keys.mood() == Mood.BREAKS) {
          open = false;
          receiver.failed(
              new SluiceException(CommandError.NO_ANSWER, "The source is broken.", Location.NONE));
        }
        return;
      }
      batch = batch(first, Math.min(keys.count(), first + BATCH));
      ledger.opened(batch.first(), batch.next());
    }
    receiver.offer(batch);
  }

  private Batch batch(long first, long next) {
    List<DetachedRecord> records =
        LongStream.range(first, next)
            .mapToObj(offset -> DetachedRecord.builder("trial", new Position(offset)).build())
            .toList();
    return Batch.of(partition, new Position(first), new Position(next), new RecordPayload(records));
  }

  @Override
  public synchronized void pause() {
    paused = true;
  }

  @Override
  public synchronized void resume() {
    paused = false;
    context.scheduler().execute(this::offer);
  }

  @Override
  public synchronized void done(Batch batch, Optional<TargetPosition> stored) {
    ledger.done(batch.next(), stored);
    context.scheduler().execute(this::offer);
  }

  @Override
  public synchronized List<PartitionProgress> progress() {
    Position committed = ledger.committed();
    return List.of(
        new PartitionProgress(
            partition,
            new ResumePoint(committed, Optional.empty()),
            OptionalLong.of(Math.max(0, keys.count() - committed.offset()))));
  }

  @Override
  public synchronized CompletionStage<Void> stop() {
    open = false;
    return CompletableFuture.completedFuture(null);
  }
}
