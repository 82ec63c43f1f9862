package io.sluice.rocketmq.route;

import io.sluice.rocketmq.client.Answers;
import io.sluice.rocketmq.client.RemotingClient;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.header.namesrv.GetRouteInfoRequestHeader;
import org.apache.rocketmq.remoting.protocol.route.TopicRouteData;

/** Asks name servers where a topic is. Does not block. */
public final class Routes {

  private Routes() {}

  /**
   * The route of a topic; empty if no name server that answers knows such a topic. Fails with a
   * {@link io.sluice.sdk.error.SluiceException} when none answers.
   */
  public static CompletableFuture<Optional<TopicRoute>> find(RemotingClient client, String topic) {
    GetRouteInfoRequestHeader header = new GetRouteInfoRequestHeader();
    header.setTopic(topic);
    return client
        .callNameServer(
            RequestCode.GET_ROUTEINFO_BY_TOPIC,
            header,
            client.requestTimeout(),
            answer -> answer.getCode() != ResponseCode.TOPIC_NOT_EXIST)
        .thenApply(answer -> read(client, topic, answer));
  }

  private static Optional<TopicRoute> read(
      RemotingClient client, String topic, RemotingCommand answer) {
    return switch (answer.getCode()) {
      case ResponseCode.SUCCESS ->
          Optional.of(
              TopicRoute.of(topic, TopicRouteData.decode(answer.getBody(), TopicRouteData.class)));
      case ResponseCode.TOPIC_NOT_EXIST -> Optional.empty();
      default -> throw Answers.error(answer, client, "the route of topic " + topic);
    };
  }
}
