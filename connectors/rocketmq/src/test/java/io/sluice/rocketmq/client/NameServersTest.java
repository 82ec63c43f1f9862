package io.sluice.rocketmq.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sdk.instance.Instance;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.remoting.exception.RemotingConnectException;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two name servers that answer, and nothing that is sent. */
class NameServersTest {
  private final Instance instance = instance("127.0.0.1:9876", "127.0.0.1:9877");
  private final RemotingClient client = new RemotingClient(instance);
  private final NameServers servers = new NameServers(client, instance);

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void goesOnAskingTheOneThatTells() {
    String first = whoAnswers();

    assertThat(whoAnswers()).isEqualTo(first);
  }

  @Test
  void asksTheOtherOneHoweverManyCallsFailWithWhatItTold() {
    for (int failures = 1; failures <= 4; failures++) {
      String before = whoAnswers();
      NameServers.Turn told = servers.turn();
      for (int failure = 0; failure < failures; failure++) {
        servers.doubt(told);
      }

      assertThat(whoAnswers()).as("%d calls failed", failures).isNotEqualTo(before);
    }
  }

  @Test
  void doesNotDoubtWhatAnotherOneHasToldMeanwhile() {
    whoAnswers();
    NameServers.Turn told = servers.turn();
    servers.doubt(told);
    String other = whoAnswers();

    servers.doubt(told);

    assertThat(whoAnswers()).isEqualTo(other);
  }

  @Test
  void doesNotDoubtWhatWasToldBecauseAnotherOneIsSilent() {
    String silent = whoAnswers();
    servers
        .ask(
            address ->
                address.equals(silent)
                    ? CompletableFuture.failedFuture(new RemotingConnectException(silent))
                    : CompletableFuture.completedFuture(
                        RemotingCommand.createResponseCommand(ResponseCode.SUCCESS, address)),
            answer -> true)
        .join();
    NameServers.Turn told = servers.turn();

    assertThat(told.doubted()).isFalse();
    assertThat(whoAnswers()).isNotEqualTo(silent);
  }

  private String whoAnswers() {
    return servers
        .ask(
            address ->
                CompletableFuture.completedFuture(
                    RemotingCommand.createResponseCommand(ResponseCode.SUCCESS, address)),
            answer -> true)
        .join()
        .getRemark();
  }

  private static Instance instance(String... nameServers) {
    return Instance.builder("two").nameServers(List.of(nameServers)).build();
  }
}
