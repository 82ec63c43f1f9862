package io.sluice.cli.trial;

import io.sluice.cli.CommandError;
import io.sluice.cli.trial.TrialConnector.Mood;
import io.sluice.cli.trial.TrialConnector.SinkKeys;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.sink.WriteResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps nothing. */
final class TrialSink implements Sink {
  private final Mood mood;

  TrialSink(SinkKeys keys) {
    this.mood = keys.mood();
  }

  @Override
  public CompletionStage<Void> prepare(
      List<Partition> partitions, Map<Partition, TargetPosition> known) {
    return mood == Mood.BREAKS
        ? CompletableFuture.failedFuture(
            new SluiceException(
                CommandError.DATA_DIRECTORY_UNUSABLE, "The target is broken.", Location.NONE))
        : CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<WriteResult> write(Batch batch) {
    return mood == Mood.SILENT
        ? new CompletableFuture<>()
        : CompletableFuture.completedFuture(new WriteResult.Stored(Optional.empty()));
  }

  @Override
  public CompletionStage<WriteResult> resolve(Batch batch) {
    return write(batch);
  }

  @Override
  public void close() {}
}
