package io.sluice.rocketmq.grpc;

import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.SendMessageRequest;
import apache.rocketmq.v2.SendMessageResponse;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.error.SluiceException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out whether a topic may be written, by a message that no proxy takes, as it has neither
 * body nor id: proxies ask for permission first.
 */
public final class WriteRight {
  private WriteRight() {}

  /**
   * Asks a proxy.
   *
   * @param clientId who asks
   * @return why the topic may not be written; empty if it may; fails with a {@link SluiceException}
   *     if there is no answer
   */
  public static CompletableFuture<Optional<SluiceException>> refusal(
      ProxyClient client, String clientId, String address, String topic) {
    SendMessageRequest request =
        SendMessageRequest.newBuilder()
            .addMessages(Message.newBuilder().setTopic(client.resource(topic)))
            .build();
    return client
        .call(address, MessagingServiceGrpc.getSendMessageMethod(), clientId, request)
        .thenApply(answer -> refusal(client, topic, answer));
  }

  private static Optional<SluiceException> refusal(
      ProxyClient client, String topic, SendMessageResponse answer) {
    SluiceException error =
        ProxyAnswers.error(answer.getStatus(), client.instance(), "a message for " + topic);
    return error.code() == RocketMqError.DENIED || error.code() == RocketMqError.UNAUTHENTICATED
        ? Optional.of(error)
        : Optional.empty();
  }
}
