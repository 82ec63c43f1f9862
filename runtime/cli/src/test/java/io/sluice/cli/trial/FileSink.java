package io.sluice.cli.trial;

import io.sluice.cli.CommandError;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RefusedRecordException;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.sink.WriteResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Appends records to a file, and is picky: see {@link TrialConnector.SinkKeys}. */
final class FileSink implements Sink {
  private final Path file;

  FileSink(String file) {
    this.file = Path.of(file);
  }

  @Override
  public CompletionStage<Void> prepare(
      List<Partition> partitions, Map<Partition, TargetPosition> known) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<WriteResult> write(Batch batch) {
    for (Record record : batch.records()) {
      String body = StandardCharsets.UTF_8.decode(record.body()).toString();
      Optional<SluiceException> wrong = wrong(body);
      if (wrong.isPresent()) {
        append("refused " + body);
        return CompletableFuture.completedFuture(
            new WriteResult.NotStored(record.position(), wrong.get()));
      }
      append("stored " + body);
    }
    return CompletableFuture.completedFuture(new WriteResult.Stored(Optional.empty()));
  }

  private Optional<SluiceException> wrong(String body) {
    if (body.contains("poison")) {
      return Optional.of(
          new RefusedRecordException(CommandError.MESSAGE_FILE_INVALID, "poison", Location.NONE));
    }
    boolean fast = Files.exists(file.resolveSibling(file.getFileName() + ".fast"));
    return body.contains("never") || body.contains("slow") && !fast
        ? Optional.of(new RetriableException(CommandError.NO_ANSWER, "later", Location.NONE))
        : Optional.empty();
  }

  private synchronized void append(String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public CompletionStage<WriteResult> resolve(Batch batch) {
    return write(batch);
  }

  @Override
  public void close() {}
}
