package io.sluice.rocketmq.source;

import io.sluice.rocketmq.client.Answers;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.route.Queue;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.body.ConsumerOffsetSerializeWrapper;
import org.apache.rocketmq.remoting.protocol.header.QueryConsumerOffsetRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.UpdateConsumerOffsetRequestHeader;

/** The offsets of one consumer group as brokers keep them. Thread-safe. */
final class GroupOffsets {

  private final RemotingClient client;
  private final String group;

  GroupOffsets(RemotingClient client, String group) {
    this.client = client;
    this.group = group;
  }

  /**
   * The offset that the group has committed; empty if it never did. A failed lookup fails: it is
   * not an empty one.
   *
   * <p>Brokers before 5.0 answer 0 for a group that they do not know, as long as the queue's first
   * message is still in memory; there the whole table is asked.
   */
  CompletableFuture<OptionalLong> committed(Queue queue, String address) {
    QueryConsumerOffsetRequestHeader header = new QueryConsumerOffsetRequestHeader();
    header.setBrokerName(queue.broker());
    header.setConsumerGroup(group);
    header.setTopic(queue.topic());
    header.setQueueId(queue.id());
    header.setSetZeroIfNotFound(false);
    return client
        .ask(address, RequestCode.QUERY_CONSUMER_OFFSET, header, null)
        .thenCompose(
            answer -> {
              if (answer.getCode() == ResponseCode.QUERY_NOT_FOUND) {
                return CompletableFuture.completedFuture(OptionalLong.empty());
              }
              if (answer.getCode() != ResponseCode.SUCCESS) {
                throw Answers.error(answer, client, "the offset of group " + group);
              }
              long offset = Answers.number(answer, "offset");
              return offset == 0 && answer.getVersion() < MQVersion.Version.V5_0_0.ordinal()
                  ? fromTable(queue, address)
                  : CompletableFuture.completedFuture(OptionalLong.of(offset));
            });
  }

  private CompletableFuture<OptionalLong> fromTable(Queue queue, String address) {
    return client
        .ask(address, RequestCode.GET_ALL_CONSUMER_OFFSET, null, null)
        .thenApply(
            answer -> {
              if (answer.getCode() != ResponseCode.SUCCESS) {
                throw Answers.error(answer, client, "the offsets of broker " + queue.broker());
              }
              byte[] body = answer.getBody();
              if (body == null) {
                return OptionalLong.empty();
              }
              Map<Integer, Long> offsets =
                  ConsumerOffsetSerializeWrapper.decode(body, ConsumerOffsetSerializeWrapper.class)
                      .getOffsetTable()
                      .get(client.names().wire(queue.topic()) + "@" + client.names().wire(group));
              Long offset = offsets == null ? null : offsets.get(queue.id());
              return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
            });
  }

  /** Commits an offset. */
  CompletableFuture<Void> commit(Queue queue, String address, long offset) {
    UpdateConsumerOffsetRequestHeader header = new UpdateConsumerOffsetRequestHeader();
    header.setBrokerName(queue.broker());
    header.setConsumerGroup(group);
    header.setTopic(queue.topic());
    header.setQueueId(queue.id());
    header.setCommitOffset(offset);
    return client
        .ask(address, RequestCode.UPDATE_CONSUMER_OFFSET, header, null)
        .thenAccept(
            answer -> {
              if (answer.getCode() != ResponseCode.SUCCESS) {
                throw Answers.error(answer, client, "a commit of group " + group);
              }
            });
  }
}
