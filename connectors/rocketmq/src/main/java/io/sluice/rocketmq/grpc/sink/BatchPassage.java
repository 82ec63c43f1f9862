package io.sluice.rocketmq.grpc.sink;

import apache.rocketmq.v2.SendMessageRequest;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.sink.SinkReport;
import io.sluice.sdk.sink.WriteResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One batch on its way: one request after the other, until all is stored or one is not. For one
 * thread at a time.
 */
final class BatchPassage {
  private final Batch batch;
  private final MessageRequests requests;
  private final Function<SendMessageRequest, CompletableFuture<MessageSender.Outcome>> sender;
  private final SinkReport report;
  private final Location place;
  private final CompletableFuture<WriteResult> result = new CompletableFuture<>();

  BatchPassage(
      Batch batch,
      MessageRequests requests,
      Function<SendMessageRequest, CompletableFuture<MessageSender.Outcome>> sender,
      SinkReport report,
      Location place) {
    this.batch = batch;
    this.requests = requests;
    this.sender = sender;
    this.report = report;
    this.place = place;
  }

  /** Sends. Called once. The answer does not fail. */
  CompletableFuture<WriteResult> begin() {
    goOn();
    return result;
  }

  private void goOn() {
    CompletableFuture<Boolean> sent = sendNext();
    while (sent.isDone() && sent.join()) { // without deepening the stack
      sent = sendNext();
    }
    if (!result.isDone()) {
      sent.thenAccept(
          more -> {
            if (more) {
              goOn();
            }
          });
    }
  }

  /** Answers whether there may be more to send. */
  private CompletableFuture<Boolean> sendNext() {
    Optional<MessageRequests.Request> next = requests.take();
    if (next.isEmpty()) {
      end();
      return CompletableFuture.completedFuture(false);
    }
    MessageRequests.Request request = next.get();
    if (!batch.lease().isHeld()) {
      result.complete(notOwner(request));
      return CompletableFuture.completedFuture(false);
    }
    return sender.apply(request.messages()).thenApply(outcome -> isStored(request, outcome));
  }

  private void end() {
    report.echoes(requests.echoes());
    result.complete(
        requests
            .unfit()
            .<WriteResult>map(unfit -> new WriteResult.NotStored(unfit.position(), unfit.reason()))
            .orElseGet(() -> new WriteResult.Stored(Optional.empty())));
  }

  private boolean isStored(MessageRequests.Request request, MessageSender.Outcome outcome) {
    if (outcome instanceof MessageSender.Outcome.NotStored refused) {
      result.complete(
          new WriteResult.NotStored(request.positions().get(refused.stored()), refused.reason()));
    } else if (outcome instanceof MessageSender.Outcome.Unknown unknown) {
      result.complete(
          new WriteResult.Unknown(request.positions().get(unknown.stored()), unknown.reason()));
    }
    return outcome instanceof MessageSender.Outcome.Stored;
  }

  private WriteResult notOwner(MessageRequests.Request request) {
    return new WriteResult.NotStored(
        request.positions().get(0),
        new RetriableException(
            RocketMqError.NOT_OWNER, batch.partition() + " may belong to another runtime", place));
  }
}
