package io.sluice.camel.sink;

import io.sluice.camel.CamelError;
import io.sluice.camel.sink.Exchanges.Outgoing;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.sink.WriteResult;
import io.sluice.sdk.sink.WriteResult.NotStored;
import io.sluice.sdk.sink.WriteResult.Stored;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.camel.Exchange;

/**
 * One write of a batch: its exchanges one after another, each when the one before has succeeded.
 * One thread at a time runs it; an exchange that does not end in time ends it from outside.
 */
final class BatchWrite implements Runnable {
  private final Batch batch;
  private final Iterator<Outgoing> exchanges;
  private final Means means;
  private final Runnable over;
  private final CompletableFuture<WriteResult> answer = new CompletableFuture<>();

  /**
   * What all writes of a sink have in common.
   *
   * @param send gives an exchange to the endpoint; its stage completes when the exchange has ended
   * @param executor goes on after an exchange that ended elsewhere
   */
  record Means(
      Function<Exchange, CompletableFuture<Exchange>> send,
      ExchangeFailures failures,
      Scheduler scheduler,
      Executor executor,
      Duration timeout) {}

  /**
   * @param over called when the write holds no exchange any more, perhaps long after its answer
   */
  BatchWrite(Batch batch, Iterator<Outgoing> exchanges, Means means, Runnable over) {
    this.batch = batch;
    this.exchanges = exchanges;
    this.means = means;
    this.over = over;
  }

  CompletionStage<WriteResult> answer() {
    return answer.minimalCompletionStage();
  }

  @Override
  public void run() {
    boolean waiting = false;
    try {
      waiting = proceed();
    } catch (RuntimeException | LinkageError failure) {
      answer.complete(means.failures().of(batch.first(), failure));
    }
    if (!waiting) {
      over.run();
    }
  }

  /** Sends until there is an answer; answers whether the end of an exchange comes later. */
  private boolean proceed() {
    while (!answer.isDone()) {
      if (!exchanges.hasNext()) {
        answer.complete(new Stored(Optional.empty()));
        return false;
      }
      Outgoing next = exchanges.next();
      if (!batch.lease().isHeld()) {
        answer.complete(notOwner(next.from()));
      } else if (!send(next)) {
        return true;
      }
    }
    return false;
  }

  private static NotStored notOwner(Position from) {
    return new NotStored(
        from,
        new RetriableException(
            CamelError.NOT_DELIVERED, "the partition belongs to another runtime", Location.NONE));
  }

  /** Sends one; answers false if its end comes later, and then goes on by itself. */
  private boolean send(Outgoing outgoing) {
    Scheduler.Cancellable limit =
        means
            .scheduler()
            .after(
                means.timeout(),
                () -> answer.complete(means.failures().late(outgoing.from(), means.timeout())));
    CompletableFuture<Exchange> sent = means.send().apply(outgoing.exchange());
    if (sent.isDone()) {
      limit.cancel();
      settle(outgoing.from(), outgoing.exchange());
      return true;
    }
    sent.whenComplete(
        (ended, failure) ->
            means
                .executor()
                .execute(
                    () -> {
                      limit.cancel();
                      settle(outgoing.from(), outgoing.exchange());
                      run();
                    }));
    return false;
  }

  /** Camel keeps failures on the exchange; whoever does not look there takes them for successes. */
  private void settle(Position from, Exchange exchange) {
    Exception failure = exchange.getException();
    if (failure != null) {
      answer.complete(means.failures().of(from, failure));
    } else if (exchange.isRollbackOnly()) {
      answer.complete(
          means.failures().of(from, new IllegalStateException("the exchange was rolled back")));
    }
  }
}
