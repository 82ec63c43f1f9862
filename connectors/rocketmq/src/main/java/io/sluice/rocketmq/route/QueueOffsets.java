package io.sluice.rocketmq.route;

import io.sluice.rocketmq.client.Answers;
import io.sluice.rocketmq.client.RemotingClient;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.remoting.CommandCustomHeader;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.header.GetMaxOffsetRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.GetMinOffsetRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.SearchOffsetRequestHeader;

/** Asks a broker where a queue begins and ends. Does not block; fails with a SluiceException. */
public final class QueueOffsets {

  private QueueOffsets() {}

  /** Offset of the first message that is still stored. */
  public static CompletableFuture<Long> first(RemotingClient client, Queue queue, String address) {
    return ask(client, queue, address, RequestCode.GET_MIN_OFFSET, firstOf(queue));
  }

  private static GetMinOffsetRequestHeader firstOf(Queue queue) {
    GetMinOffsetRequestHeader header = new GetMinOffsetRequestHeader();
    header.setBrokerName(queue.broker());
    header.setTopic(queue.topic());
    header.setQueueId(queue.id());
    return header;
  }

  /**
   * Offset behind the last message that can be read. What was just stored appears a little later.
   */
  public static CompletableFuture<Long> end(RemotingClient client, Queue queue, String address) {
    GetMaxOffsetRequestHeader header = new GetMaxOffsetRequestHeader();
    header.setBrokerName(queue.broker());
    header.setTopic(queue.topic());
    header.setQueueId(queue.id());
    return ask(client, queue, address, RequestCode.GET_MAX_OFFSET, header);
  }

  /**
   * An offset near the first message that was stored at or after a time; brokers differ in how
   * near.
   */
  public static CompletableFuture<Long> near(
      RemotingClient client, Queue queue, String address, long epochMillis) {
    SearchOffsetRequestHeader header = new SearchOffsetRequestHeader();
    header.setBrokerName(queue.broker());
    header.setTopic(queue.topic());
    header.setQueueId(queue.id());
    header.setTimestamp(epochMillis);
    return ask(client, queue, address, RequestCode.SEARCH_OFFSET_BY_TIMESTAMP, header);
  }

  /** The version that the queue's broker gives in its answers, RocketMQ's {@code MQVersion}. */
  public static CompletableFuture<Integer> version(
      RemotingClient client, Queue queue, String address) {
    return answer(client, queue, address, RequestCode.GET_MIN_OFFSET, firstOf(queue))
        .thenApply(RemotingCommand::getVersion);
  }

  private static CompletableFuture<Long> ask(
      RemotingClient client, Queue queue, String address, int code, CommandCustomHeader header) {
    return answer(client, queue, address, code, header)
        // Of a queue of type BatchCQ that holds nothing, brokers say that it begins at -1.
        .thenApply(answer -> Math.max(0, Answers.number(answer, "offset")));
  }

  private static CompletableFuture<RemotingCommand> answer(
      RemotingClient client, Queue queue, String address, int code, CommandCustomHeader header) {
    return client
        .ask(address, code, header, null)
        .thenApply(
            answer -> {
              if (answer.getCode() != ResponseCode.SUCCESS) {
                throw Answers.error(answer, client, "an offset of " + queue);
              }
              return answer;
            });
  }
}
