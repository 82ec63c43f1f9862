package io.sluice.cli.message;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.WriteResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Sends records through a sink that stamps them with their place, so that an open outcome is looked
 * up and nothing is stored twice (I7). Owns its sink. For one thread; blocks.
 */
public final class StampedSender implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Sink sink;
  private final Duration patience;

  /**
   * @param partitions where the records come from
   * @param patience how long one batch may take, repetitions included
   */
  StampedSender(Sink sink, List<Partition> partitions, Duration patience) {
    this.sink = sink;
    this.patience = patience;
    Answers.of(sink.prepare(partitions, Map.of()), patience);
  }

  /**
   * Sends a batch.
   *
   * @throws SluiceException if not all of it is stored
   */
  public void send(Batch batch) {
    long deadline = System.nanoTime() + patience.toNanos();
    Batch rest = batch;
    WriteResult result = Answers.of(sink.write(rest), patience);
    while (!(result instanceof WriteResult.Stored)) {
      SluiceException reason;
      boolean open = result instanceof WriteResult.Unknown;
      if (result instanceof WriteResult.Unknown unknown) {
        rest = rest.from(unknown.from());
        reason = unknown.reason();
      } else {
        WriteResult.NotStored notStored = (WriteResult.NotStored) result;
        rest = rest.from(notStored.from());
        reason = notStored.reason();
      }
      if (!(reason instanceof RetriableException) || System.nanoTime() - deadline > 0) {
        throw reason;
      }
      Answers.pause(PAUSE);
      result = Answers.of(open ? sink.resolve(rest) : sink.write(rest), patience);
    }
  }

  /** Closes the sink. */
  @Override
  public void close() {
    sink.close();
  }
}
