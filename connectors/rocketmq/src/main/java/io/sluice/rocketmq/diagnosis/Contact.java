package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.client.Answers;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.RemotingClient;
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

  private static Optional<SluiceException> refusal(
      RemotingClient client, String address, RemotingCommand answer) {
    return answer.getCode() == ResponseCode.SUCCESS
        ? Optional.empty()
        : Optional.of(Answers.error(answer, client, "a question to " + address));
  }
}
