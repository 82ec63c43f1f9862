package io.sluice.rocketmq.grpc.sink;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.SendMessageRequest;
import apache.rocketmq.v2.SendMessageResponse;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.grpc.CallLost;
import io.sluice.rocketmq.grpc.ProxyAnswers;
import io.sluice.rocketmq.grpc.ProxyClient;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sends requests and sorts the answers: stored, not stored, or nobody knows. Of messages that are
 * refused together, those before the guilty one are stored. Thread-safe.
 */
final class MessageSender {
  private final ProxyClient client;
  private final String clientId;

  MessageSender(ProxyClient client, String clientId) {
    this.client = client;
    this.clientId = clientId;
  }

  /**
   * What became of a request.
   *
   * <p>{@code stored} is the number of messages, from the first one, that are certainly stored.
   */
  sealed interface Outcome {
    int stored();

    /** All. */
    record Stored(int stored) implements Outcome {}

    /** None of the others. */
    record NotStored(int stored, SluiceException reason) implements Outcome {}

    /** The others may be stored or not. */
    record Unknown(int stored, SluiceException reason) implements Outcome {}
  }

  /** Sends a request. The future does not fail. */
  CompletableFuture<Outcome> send(String address, SendMessageRequest request) {
    return client
        .call(address, MessagingServiceGrpc.getSendMessageMethod(), clientId, request)
        .handle((answer, failure) -> failure == null ? sort(answer) : sort(failure))
        .thenCompose(outcome -> narrowed(address, request, outcome));
  }

  private Outcome sort(SendMessageResponse answer) {
    Code code = answer.getStatus().getCode();
    boolean done =
        ProxyAnswers.isDone(code)
            || code == Code.MULTIPLE_RESULTS
                && answer.getEntriesList().stream()
                    .allMatch(entry -> ProxyAnswers.isDone(entry.getStatus().getCode()));
    if (done) {
      return new Outcome.Stored(0);
    }
    SluiceException reason =
        ProxyAnswers.error(answer.getStatus(), client.instance(), "a request to store messages");
    return ProxyAnswers.isRefusal(code)
        ? new Outcome.NotStored(0, reason)
        : new Outcome.Unknown(0, reason);
  }

  private Outcome sort(Throwable failure) {
    Throwable cause = CallFailure.unwrap(failure);
    if (cause instanceof CallLost) {
      return new Outcome.Unknown(
          0,
          new RetriableException(
              RocketMqError.OUTCOME_UNKNOWN,
              "no answer to messages that were sent: " + cause.getMessage(),
              place(),
              RocketMqError.OUTCOME_UNKNOWN.remedy(),
              cause));
    }
    return cause instanceof SluiceException known
        ? new Outcome.NotStored(0, known)
        : new Outcome.Unknown(
            0,
            new RetriableException(
                RocketMqError.UNEXPECTED_ANSWER, "an answer cannot be read: " + cause, place()));
  }

  /** Proxies refuse all messages of a request for one of them: the halves tell which. */
  private CompletableFuture<Outcome> narrowed(
      String address, SendMessageRequest request, Outcome outcome) {
    int count = request.getMessagesCount();
    if (outcome instanceof Outcome.Stored) {
      return CompletableFuture.completedFuture(new Outcome.Stored(count));
    }
    boolean forWhatTheyAre =
        outcome instanceof Outcome.NotStored refused
            && !(refused.reason() instanceof RetriableException);
    if (!forWhatTheyAre || count == 1) {
      return CompletableFuture.completedFuture(outcome);
    }
    return send(address, part(request, 0, count / 2))
        .thenCompose(
            first ->
                first instanceof Outcome.Stored
                    ? send(address, part(request, count / 2, count))
                        .thenApply(second -> behind(first.stored(), second))
                    : CompletableFuture.completedFuture(first));
  }

  private static SendMessageRequest part(SendMessageRequest request, int from, int to) {
    List<Message> messages = request.getMessagesList().subList(from, to);
    return SendMessageRequest.newBuilder().addAllMessages(messages).build();
  }

  private static Outcome behind(int before, Outcome outcome) {
    int stored = before + outcome.stored();
    if (outcome instanceof Outcome.NotStored refused) {
      return new Outcome.NotStored(stored, refused.reason());
    }
    return outcome instanceof Outcome.Unknown unknown
        ? new Outcome.Unknown(stored, unknown.reason())
        : new Outcome.Stored(stored);
  }

  private Location place() {
    return new Location.Named("instance " + client.instance().name());
  }
}
