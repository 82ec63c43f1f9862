package io.sluice.rocketmq.pull;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.client.AnswerTimes;
import io.sluice.rocketmq.client.Answers;
import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.rocketmq.filter.BrokerFilter;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.Replica;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.sysflag.PullSysFlag;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.header.PullMessageRequestHeader;

/**
 * Pulls of a topic by offset, undecoded. Stateless: nothing is committed by a pull. Thread-safe.
 *
 * <p>The request is PULL_MESSAGE (11) with its own subscription, which every version since 4.0
 * understands; the newer LITE_PULL_MESSAGE is unknown to 4.x.
 */
public final class QueuePuller {
  /** RocketMQ's own group for tools: it exists on every broker, and nothing is kept for it. */
  public static final String READER_GROUP = MixAll.TOOLS_CONSUMER_GROUP;

  /** Brokers answer at most this many messages, whatever is asked. */
  public static final int MAX_MESSAGES = 32;

  private static final Duration SUSPENSION = Duration.ofSeconds(15);

  private final RemotingClient client;
  private final String group;
  private final BrokerFilter filter;
  private final Function<Queue, Optional<Replica>> replicas;

  private QueuePuller(
      Function<Queue, Optional<Replica>> replicas,
      RemotingClient client,
      String group,
      BrokerFilter filter) {
    this.client = client;
    this.group = group;
    this.filter = filter;
    this.replicas = replicas;
  }

  /**
   * One that asks masters only.
   *
   * @param group in whose name to pull
   * @param filter of tags brokers compare hashes, so that others may slip through
   * @param addresses where the master of a queue is at the moment
   */
  public QueuePuller(
      RemotingClient client,
      String group,
      BrokerFilter filter,
      Function<Queue, Optional<String>> addresses) {
    this(queue -> addresses.apply(queue).map(Replica::master), client, group, filter);
  }

  /**
   * One that asks slaves too. What a slave lacks fails as {@link RocketMqError#SLAVE_BEHIND}: it is
   * never taken for the end of the queue, nor for its beginning.
   *
   * @param replicas who shows what a queue holds at the moment
   */
  public static QueuePuller ofReplicas(
      RemotingClient client,
      String group,
      BrokerFilter filter,
      Function<Queue, Optional<Replica>> replicas) {
    return new QueuePuller(replicas, client, group, filter);
  }

  /** When the answer to a pull is late that the broker does not hold back. */
  public AnswerTimes answerTimes() {
    return client.answerTimes();
  }

  /**
   * Asks for up to {@code count} messages from {@code offset} on. More may come where the broker
   * stores batches as one message, and gives none of them away in parts.
   *
   * @param suspend whether the broker may hold the answer back, up to 15 s, until there is a
   *     message
   * @return fails with a {@link io.sluice.sdk.error.SluiceException}
   */
  public CompletableFuture<Pulled> pull(Queue queue, long offset, int count, boolean suspend) {
    Optional<Replica> replica = replicas.apply(queue);
    if (replica.isEmpty()) {
      return CompletableFuture.failedFuture(
          new RetriableException(
              RocketMqError.UNREACHABLE,
              "broker " + queue.broker() + " has no living master",
              new Location.Named("instance " + client.instance().name())));
    }
    String address = replica.get().address();
    PullMessageRequestHeader header = new PullMessageRequestHeader();
    header.setBrokerName(queue.broker());
    header.setConsumerGroup(group);
    header.setTopic(queue.topic());
    header.setQueueId(queue.id());
    header.setQueueOffset(offset);
    header.setMaxMsgNums(count);
    header.setSysFlag(PullSysFlag.buildSysFlag(false, suspend, true, false));
    header.setCommitOffset(0L);
    header.setSuspendTimeoutMillis(suspend ? SUSPENSION.toMillis() : 0L);
    header.setSubscription(filter.text());
    header.setSubVersion(0L);
    header.setExpressionType(filter.type());
    Duration timeout = suspend ? SUSPENSION.plus(client.requestTimeout()) : client.requestTimeout();
    return client
        .call(address, RequestCode.PULL_MESSAGE, header, null, timeout)
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                throw CallFailure.translate(failure, client, "broker " + address);
              }
              return read(queue, replica.get(), offset, answer);
            });
  }

  /**
   * Asks for the one message at an offset that has been there, whether a filter lets it through or
   * not.
   *
   * @return fails with a {@link io.sluice.sdk.error.SluiceException}, also if a slave does not have
   *     it
   */
  public CompletableFuture<Pulled> look(Queue queue, long offset) {
    return pull(queue, offset, 1, false)
        .thenApply(
            pulled -> {
              if (pulled instanceof Pulled.Stretch stretch
                  && stretch.messages().isEmpty()
                  && replicas.apply(queue).filter(Replica::isSlave).isPresent()) {
                throw SlaveAnswer.behind(client, queue, offset, stretch.first(), stretch.end());
              }
              return pulled;
            });
  }

  private Pulled read(Queue queue, Replica replica, long offset, RemotingCommand answer) {
    if (SlaveAnswer.isRefusal(answer, replica)) {
      throw SlaveAnswer.refused(client, queue, replica.address());
    }
    if (!PullAnswer.isKnown(answer.getCode())) {
      throw Answers.error(answer, client, "a pull of " + queue);
    }
    Pulled pulled = PullAnswer.read(answer, offset, !filter.matchesAll());
    return replica.isSlave() ? SlaveAnswer.checked(pulled, client, queue, offset) : pulled;
  }
}
