package io.sluice.rocketmq.ownership;

import io.sluice.rocketmq.client.Answers;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.route.Queue;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.body.LockBatchRequestBody;
import org.apache.rocketmq.remoting.protocol.body.LockBatchResponseBody;
import org.apache.rocketmq.remoting.protocol.body.UnlockBatchRequestBody;

/**
 * The locks that brokers keep on queues for members of a group: {@code LOCK_BATCH_MQ} (41) and
 * {@code UNLOCK_BATCH_MQ} (42), known to every version. They are advisory: a broker serves pulls
 * and sends of anybody. Does not block; thread-safe.
 */
final class QueueLocks {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final RemotingClient client;
  private final String group;
  private final String clientId;

  QueueLocks(RemotingClient client, String group, String clientId) {
    this.client = client;
    this.group = group;
    this.clientId = clientId;
  }

  /**
   * Asks one broker for locks, or for more time with those that are held.
   *
   * @param queues of that broker
   * @return those that are locked for us now; fails with a {@link
   *     io.sluice.sdk.error.SluiceException}
   */
  CompletableFuture<Set<Queue>> lock(String address, Collection<Queue> queues) {
    LockBatchRequestBody body = new LockBatchRequestBody();
    body.setConsumerGroup(client.names().wire(group));
    body.setClientId(clientId);
    body.setMqSet(messageQueues(queues));
    return call(address, RequestCode.LOCK_BATCH_MQ, body.encode())
        .thenApply(
            answer -> {
              Set<MessageQueue> locked =
                  LockBatchResponseBody.decode(answer.getBody(), LockBatchResponseBody.class)
                      .getLockOKMQSet();
              return queues.stream()
                  .filter(queue -> locked.contains(messageQueue(queue)))
                  .collect(Collectors.toCollection(HashSet::new));
            });
  }

  /** Gives locks of one broker back. */
  CompletableFuture<Void> unlock(String address, Collection<Queue> queues) {
    UnlockBatchRequestBody body = new UnlockBatchRequestBody();
    body.setConsumerGroup(client.names().wire(group));
    body.setClientId(clientId);
    body.setMqSet(messageQueues(queues));
    return call(address, RequestCode.UNLOCK_BATCH_MQ, body.encode()).thenApply(answer -> null);
  }

  private CompletableFuture<RemotingCommand> call(String address, int code, byte[] body) {
    return client
        .call(address, code, null, body, TIMEOUT)
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                throw CallFailure.translate(failure, client, "broker " + address);
              }
              if (answer.getCode() != ResponseCode.SUCCESS) {
                throw Answers.error(answer, client, "a lock of group " + group);
              }
              return answer;
            });
  }

  private Set<MessageQueue> messageQueues(Collection<Queue> queues) {
    return queues.stream().map(this::messageQueue).collect(Collectors.toSet());
  }

  private MessageQueue messageQueue(Queue queue) {
    return new MessageQueue(client.names().wire(queue.topic()), queue.broker(), queue.id());
  }
}
