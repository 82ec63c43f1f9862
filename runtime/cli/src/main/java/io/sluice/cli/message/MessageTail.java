package io.sluice.cli.message;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import io.sluice.sdk.source.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads messages from a source as they come. What is fetched and not yet shown is bounded by the
 * source's in-flight limit. {@link #follow} belongs to one thread, {@link #stop} to any.
 */
public final class MessageTail {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long LOOK_MILLIS = 50;

  private final Source source;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

  public MessageTail(Source source) {
    this.source = source;
  }

  /** Ends {@link #follow} after the batch at hand. Any thread; does not block. */
  public void stop() {
    signals.add(new Signal.Stop());
  }

  /**
   * Hands over messages until somebody wants it to stop. Blocks.
   *
   * @param reader answers whether it wants more
   * @param trouble hears once of each thing that is in the way while the source keeps trying
   * @throws SluiceException if the source cannot go on
   */
  public void follow(Reader reader, Consumer<SluiceException> trouble) {
    hear(reader, trouble, () -> false);
  }

  /**
   * Hands over the messages that are there. Blocks until it has come to the end.
   *
   * @param reader answers whether it wants more
   * @param trouble hears once of each thing that is in the way while the source keeps trying
   * @throws SluiceException if the source cannot go on
   */
  public void readAll(Reader reader, Consumer<SluiceException> trouble) {
    hear(reader, trouble, this::isAtTheEnd);
  }

  /**
   * Hands over the messages up to a place in each partition, or to its end. Blocks until there.
   *
   * @param reader answers whether it wants more
   * @param past whether the reader has all that it wants of a partition
   * @param trouble hears once of each thing that is in the way while the source keeps trying
   * @throws SluiceException if the source cannot go on
   */
  public void readUntil(
      Reader reader, Predicate<Partition> past, Consumer<SluiceException> trouble) {
    hear(
        (partition, record) ->
            reader.read(partition, record) && !(past.test(partition) && isThrough(past)),
        trouble,
        () -> isThrough(past));
  }

  private boolean isAtTheEnd() {
    return isThrough(partition -> false);
  }

  /** Whether the end of every partition is known, and all before it was read that is wanted. */
  private boolean isThrough(Predicate<Partition> past) {
    List<PartitionProgress> progress = source.progress();
    return !progress.isEmpty()
        && progress.stream()
            .allMatch(one -> past.test(one.partition()) || one.lag().orElse(1) == 0);
  }

  private void hear(Reader reader, Consumer<SluiceException> trouble, BooleanSupplier enough) {
    source
        .start(new Inbox())
        .whenComplete((nothing, failure) -> Optional.ofNullable(failure).ifPresent(this::failed));
    try {
      while (true) {
        Signal signal = signals.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (signal == null) {
          if (enough.getAsBoolean() && signals.isEmpty()) {
            return;
          }
        } else if (signal instanceof Signal.Stop) {
          return;
        } else if (signal instanceof Signal.Failed failed) {
          throw failed.cause();
        } else if (signal instanceof Signal.Troubled troubled) {
          trouble.accept(troubled.cause());
        } else if (signal instanceof Signal.Offered offered && !read(offered.batch(), reader)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Answers.settle(source.stop(), PATIENCE);
    }
  }

  private boolean read(Batch batch, Reader reader) {
    for (Record record : batch.records()) {
      if (!reader.read(batch.partition(), record)) {
        return false;
      }
    }
    source.done(batch, Optional.empty());
    return true;
  }

  private void failed(Throwable failure) {
    Throwable cause = failure.getCause() instanceof SluiceException known ? known : failure;
    signals.add(
        new Signal.Failed(
            cause instanceof RuntimeException known ? known : new IllegalStateException(cause)));
  }

  /** Takes the messages. */
  @FunctionalInterface
  public interface Reader {

    /**
     * @param record valid during the call
     * @return whether more are wanted
     */
    boolean read(Partition partition, Record record);
  }

  private sealed interface Signal {
    record Offered(Batch batch) implements Signal {}

    record Troubled(SluiceException cause) implements Signal {}

    record Failed(RuntimeException cause) implements Signal {}

    record Stop() implements Signal {}
  }

  /** What the source calls: passes everything on to the reading thread. */
  private final class Inbox implements BatchReceiver {

    @Override
    public CompletionStage<Map<Partition, ResumePoint>> assigned(List<Partition> partitions) {
      return CompletableFuture.completedFuture(Map.of());
    }

    @Override
    public CompletionStage<Void> revoked(List<Partition> partitions) {
      throw new IllegalStateException("without a group nothing is shared: " + partitions);
    }

    @Override
    public void offer(Batch batch) {
      signals.add(new Signal.Offered(batch));
    }

    @Override
    public void troubled(SluiceException cause) {
      signals.add(new Signal.Troubled(cause));
    }

    @Override
    public void recovered() {
      // The messages that come say so.
    }

    @Override
    public void failed(SluiceException cause) {
      MessageTail.this.failed(cause);
    }
  }
}
