package io.sluice.rocketmq.sink;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.Answers;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.Connection;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.rocketmq.transcode.SendRequest;
import io.sluice.rocketmq.transcode.SingleRequest;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.rocketmq.common.topic.TopicValidator;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.header.SendMessageRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.SendMessageRequestHeaderV2;

/**
 * Sends requests to target queues and sorts the answers: stored, not stored, or nobody knows.
 * Thread-safe.
 *
 * <p>A batch is stored as a whole, in one piece, or not at all ({@code
 * CommitLog.asyncPutMessages}); the answer gives the queue offset of its first message.
 */
final class BatchSender {
  private static final String GROUP = "SLUICE";
  private static final int DEFAULT_TOPIC_QUEUES = 4;

  /** Wait for flush and replication as the broker is configured. */
  private static final String BATCH_PROPERTIES = "WAIT\u0001true\u0002";

  private final RemotingClient client;
  private final Supplier<TopicRoute> route;

  /**
   * @param route where the topic is at the moment
   */
  BatchSender(RemotingClient client, Supplier<TopicRoute> route) {
    this.client = client;
    this.route = route;
  }

  /** What became of a request. */
  sealed interface Outcome {

    /**
     * @param offset queue offset of the first message
     */
    record Stored(long offset) implements Outcome {}

    record NotStored(SluiceException reason) implements Outcome {}

    record Unknown(SluiceException reason) implements Outcome {}
  }

  /** The connection that carries a request to a queue which is sent now. */
  Optional<Connection> connection(Queue queue) {
    return route.get().address(queue).map(client::connection);
  }

  /** Sends one request. The future does not fail. */
  CompletableFuture<Outcome> send(Queue queue, SendRequest request) {
    TopicRoute now = route.get();
    if (now.readOnly().contains(queue)) { // 4.x would store it
      return notStored(
          RocketMqError.TOPIC_READ_ONLY, "target queue " + queue + " may only be read");
    }
    Optional<String> address = now.address(queue);
    if (address.isEmpty()) {
      return notStored(
          RocketMqError.UNREACHABLE, "target broker " + queue.broker() + " has no living master");
    }
    int code =
        request instanceof SingleRequest
            ? RequestCode.SEND_MESSAGE_V2
            : RequestCode.SEND_BATCH_MESSAGE;
    return client
        .call(address.get(), code, header(queue, request), request.body(), client.requestTimeout())
        .handle(
            (answer, failure) ->
                failure == null
                    ? outcome(queue, answer)
                    : outcome(address.get(), CallFailure.unwrap(failure)))
        .exceptionally(unreadable -> new Outcome.Unknown(unreadable(unreadable)));
  }

  private CompletableFuture<Outcome> notStored(RocketMqError code, String why) {
    return CompletableFuture.completedFuture(
        new Outcome.NotStored(new RetriableException(code, why, place())));
  }

  private static SendMessageRequestHeaderV2 header(Queue queue, SendRequest request) {
    // The short form has no other way to name the broker, which proxies ask for.
    SendMessageRequestHeader named = new SendMessageRequestHeader();
    named.setBrokerName(queue.broker());
    SendMessageRequestHeaderV2 header =
        SendMessageRequestHeaderV2.createSendMessageRequestHeaderV2(named);
    header.setA(GROUP);
    header.setB(queue.topic());
    header.setC(TopicValidator.AUTO_CREATE_TOPIC_KEY_TOPIC);
    header.setD(DEFAULT_TOPIC_QUEUES);
    header.setE(queue.id());
    header.setF(request.sysFlag());
    header.setG(request.bornMillis());
    header.setJ(0);
    header.setK(false);
    if (request instanceof SingleRequest single) {
      header.setH(single.flag());
      // Servers leave empty fields out when they check the signature.
      if (!single.properties().isEmpty()) {
        header.setI(single.properties());
      }
      header.setM(false);
    } else {
      header.setH(0);
      header.setI(BATCH_PROPERTIES);
      header.setM(true);
    }
    return header;
  }

  private Outcome outcome(Queue queue, RemotingCommand answer) {
    return switch (answer.getCode()) {
      // The last three are stored, but not flushed or replicated in time.
      case ResponseCode.SUCCESS,
          ResponseCode.FLUSH_DISK_TIMEOUT,
          ResponseCode.FLUSH_SLAVE_TIMEOUT,
          ResponseCode.SLAVE_NOT_AVAILABLE ->
          new Outcome.Stored(Answers.number(answer, "queueOffset"));
      case ResponseCode.SYSTEM_BUSY,
          ResponseCode.FLOW_CONTROL,
          ResponseCode.MESSAGE_ILLEGAL,
          ResponseCode.SERVICE_NOT_AVAILABLE,
          ResponseCode.NO_PERMISSION,
          ResponseCode.TOPIC_NOT_EXIST,
          ResponseCode.INVALID_PARAMETER,
          ResponseCode.VERSION_NOT_SUPPORTED ->
          new Outcome.NotStored(error(queue, answer));
      default -> {
        SluiceException error = error(queue, answer);
        yield error.code() == RocketMqError.DENIED
            ? new Outcome.NotStored(error)
            : new Outcome.Unknown(error);
      }
    };
  }

  private Outcome outcome(String address, Throwable failure) {
    if (CallFailure.certainlyNotSent(failure)) {
      return new Outcome.NotStored(
          CallFailure.translate(failure, client, "target broker " + address));
    }
    return new Outcome.Unknown(
        new RetriableException(
            RocketMqError.OUTCOME_UNKNOWN,
            "no answer to a batch from target broker " + address,
            place(),
            RocketMqError.OUTCOME_UNKNOWN.remedy(),
            failure));
  }

  private SluiceException unreadable(Throwable failure) {
    return new RetriableException(
        RocketMqError.UNEXPECTED_ANSWER,
        "the answer to a batch cannot be read: " + CallFailure.unwrap(failure).getMessage(),
        place());
  }

  private SluiceException error(Queue queue, RemotingCommand answer) {
    return Answers.error(answer, client, "a batch for " + queue);
  }

  private Location place() {
    return new Location.Named("instance " + client.instance().name());
  }
}
