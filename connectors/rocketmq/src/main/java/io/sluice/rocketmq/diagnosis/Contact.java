package io.sluice.rocketmq.diagnosis;

import apache.rocketmq.v2.ClientType;
import apache.rocketmq.v2.HeartbeatRequest;
import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.Status;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.Answers;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.grpc.ProxyAnswers;
import io.sluice.rocketmq.grpc.ProxyClient;
import io.sluice.sdk.error.SluiceException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/** What came of a request to a server that changes nothing there: an answer or a failure. */
sealed interface Contact {
  int FIRST_OF_FIVE = MQVersion.Version.V5_0_0_SNAPSHOT.ordinal();

  /** It answered, be it with a refusal. */
  record Answer(RemotingCommand command, Optional<SluiceException> refusal) implements Contact {

    /** The version that the server gives in each of its answers, such as {@code 5.5.0}. */
    String version() {
      String name = MQVersion.getVersionDesc(command.getVersion());
      return name.startsWith("V") ? name.substring(1).replace('_', '.') : "a later version";
    }

    /** Whether that is 5.x or later. */
    boolean isFive() {
      return command.getVersion() >= FIRST_OF_FIVE;
    }
  }

  /**
   * A proxy answered.
   *
   * @param refusal if it does not know who asks
   */
  record ProxyAnswer(Optional<SluiceException> refusal) implements Contact {}

  /** It did not answer. */
  record Failure(SluiceException problem) implements Contact {}

  /** Asks name servers which brokers there are, and brokers how they are. Does not fail. */
  static CompletableFuture<Contact> with(RemotingClient client, Place place, String address) {
    boolean broker = place == Place.BROKERS;
    int code = broker ? RequestCode.GET_BROKER_RUNTIME_INFO : RequestCode.GET_BROKER_CLUSTER_INFO;
    return client
        .call(address, code, null, null, client.requestTimeout())
        .handle(
            (answer, failure) ->
                failure == null
                    ? new Answer(answer, refusal(client, address, answer))
                    : new Failure(CallFailure.translate(failure, client, address)));
  }

  /**
   * Sends a proxy the heartbeat of a producer whose settings it does not know: it asks only who
   * that is, and does nothing. Does not fail.
   */
  static CompletableFuture<Contact> with(ProxyClient client, String clientId, String address) {
    HeartbeatRequest request =
        HeartbeatRequest.newBuilder().setClientType(ClientType.PRODUCER).build();
    return client
        .call(address, MessagingServiceGrpc.getHeartbeatMethod(), clientId, request)
        .handle(
            (answer, failure) ->
                failure == null
                    ? new ProxyAnswer(refusal(client, address, answer.getStatus()))
                    : failed((SluiceException) CallFailure.unwrap(failure)));
  }

  private static Contact failed(SluiceException problem) {
    return problem.code() == RocketMqError.UNAUTHENTICATED
        ? new ProxyAnswer(Optional.of(problem))
        : new Failure(problem);
  }

  private static Optional<SluiceException> refusal(
      ProxyClient client, String address, Status status) {
    SluiceException error =
        ProxyAnswers.error(status, client.instance(), "a heartbeat to " + address);
    return error.code() == RocketMqError.UNAUTHENTICATED ? Optional.of(error) : Optional.empty();
  }

  private static Optional<SluiceException> refusal(
      RemotingClient client, String address, RemotingCommand answer) {
    return answer.getCode() == ResponseCode.SUCCESS
        ? Optional.empty()
        : Optional.of(Answers.error(answer, client, "a question to " + address));
  }
}
