package io.sluice.rocketmq.pull;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.stored.StoredChunk;
import io.sluice.rocketmq.stored.StoredMessages;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Reads a stretch of a queue that is already there, once. Does not block. */
public final class QueueScan {
  private final QueuePuller puller;

  /**
   * @param puller without a tag filter
   */
  public QueueScan(QueuePuller puller) {
    this.puller = puller;
  }

  /**
   * Hands over the messages with offsets from {@code from} up to, not including, {@code to}, in
   * order, in pieces. What is no longer stored is left out.
   *
   * @return fails with a {@link io.sluice.sdk.error.SluiceException}
   */
  public CompletableFuture<Void> read(
      Queue queue, long from, long to, Consumer<StoredMessages> messages) {
    if (from >= to) {
      return CompletableFuture.completedFuture(null);
    }
    int count = (int) Math.min(QueuePuller.MAX_MESSAGES, to - from);
    return puller
        .pull(queue, from, count, false)
        .thenCompose(
            pulled -> {
              if (pulled instanceof Pulled.Outside outside) {
                if (outside.first() <= from) {
                  throw shorter(queue, to, outside.end());
                }
                return read(queue, outside.first(), to, messages);
              }
              Pulled.Stretch stretch = (Pulled.Stretch) pulled;
              if (stretch.next() <= from) {
                throw shorter(queue, to, stretch.end());
              }
              stretch
                  .messages()
                  .flatMap(chunk -> chunk.before(to))
                  .map(QueueScan::payload)
                  .ifPresent(messages);
              return read(queue, stretch.next(), to, messages);
            });
  }

  private static StoredMessages payload(StoredChunk chunk) {
    return StoredMessages.of(List.of(chunk));
  }

  private static RetriableException shorter(Queue queue, long to, long end) {
    return new RetriableException(
        RocketMqError.UNEXPECTED_ANSWER,
        queue + " was to be read up to offset " + to + ", but shows nothing behind " + end,
        new Location.Named("queue " + queue));
  }
}
