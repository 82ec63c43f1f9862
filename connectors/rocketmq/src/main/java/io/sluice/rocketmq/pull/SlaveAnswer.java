package io.sluice.rocketmq.pull;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.Replica;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/**
 * What slaves answer to PULL_MESSAGE. A slave has what its master has sent it until now, at the
 * same offsets: what it has may be read, what it lacks says nothing of the queue.
 */
final class SlaveAnswer {
  private SlaveAnswer() {}

  /**
   * Whether a slave does not let itself be read, for want of {@code slaveReadEnable}: it says that
   * it is busy ({@code PullMessageProcessor.rejectRequest}).
   */
  static boolean isRefusal(RemotingCommand answer, Replica replica) {
    return replica.isSlave() && answer.getCode() == ResponseCode.SYSTEM_BUSY;
  }

  static RetriableException refused(RemotingClient client, Queue queue, String address) {
    return error(client, address + " is a slave of " + queue.broker() + " that may not be read");
  }

  /** The answer, if the slave holds the offset or ends there. */
  static Pulled checked(Pulled pulled, RemotingClient client, Queue queue, long offset) {
    if (pulled instanceof Pulled.Outside outside) {
      throw behind(client, queue, offset, outside.first(), outside.end());
    }
    Pulled.Stretch stretch = (Pulled.Stretch) pulled;
    boolean lacking = offset > stretch.end() || offset < stretch.first();
    if (lacking && stretch.messages().isEmpty()) {
      throw behind(client, queue, offset, stretch.first(), stretch.end());
    }
    return stretch;
  }

  static RetriableException behind(
      RemotingClient client, Queue queue, long offset, long first, long end) {
    return error(
        client,
        "the slave of %s has offsets %d to %d of %s, and the flow stands at %d"
            .formatted(queue.broker(), first, end, queue, offset));
  }

  private static RetriableException error(RemotingClient client, String what) {
    return new RetriableException(
        RocketMqError.SLAVE_BEHIND,
        what + "; reading waits for the master",
        new Location.Named("instance " + client.instance().name()));
  }
}
