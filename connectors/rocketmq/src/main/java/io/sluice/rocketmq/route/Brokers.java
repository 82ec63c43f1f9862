package io.sluice.rocketmq.route;

import io.sluice.rocketmq.client.Answers;
import io.sluice.rocketmq.client.RemotingClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.body.ClusterInfo;
import org.apache.rocketmq.remoting.protocol.route.BrokerData;

/** Asks name servers which brokers there are. Does not block. */
public final class Brokers {

  private Brokers() {}

  /**
   * All brokers that are registered, with their slaves. Fails with a {@link
   * io.sluice.sdk.error.SluiceException}.
   */
  public static CompletableFuture<List<BrokerData>> registered(RemotingClient client) {
    return client
        .callNameServer(
            RequestCode.GET_BROKER_CLUSTER_INFO,
            null,
            client.requestTimeout(),
            answer -> answer.getCode() != ResponseCode.SUCCESS || !read(answer).isEmpty())
        .thenApply(
            answer -> {
              if (answer.getCode() != ResponseCode.SUCCESS) {
                throw Answers.error(answer, client, "the list of brokers");
              }
              return read(answer);
            });
  }

  private static List<BrokerData> read(RemotingCommand answer) {
    ClusterInfo cluster = ClusterInfo.decode(answer.getBody(), ClusterInfo.class);
    return List.copyOf(cluster.getBrokerAddrTable().values());
  }
}
