package io.sluice.rocketmq.route;

import io.sluice.rocketmq.client.Answers;
import io.sluice.rocketmq.client.RemotingClient;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.constant.PermName;
import org.apache.rocketmq.common.topic.TopicValidator;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.body.TopicConfigSerializeWrapper;
import org.apache.rocketmq.remoting.protocol.header.CreateTopicRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.GetTopicConfigRequestHeader;

/**
 * What one broker has set of one topic. A request that changes a topic replaces all of it but its
 * attributes, so what is there is asked for first, and given back with it. Does not block; futures
 * fail with a {@link SluiceException}.
 */
final class TopicAtBroker {
  private static final int READ_AND_WRITE = PermName.PERM_READ | PermName.PERM_WRITE;

  private final RemotingClient client;
  private final String topic;
  private final String address;

  /**
   * @param address of a master
   */
  TopicAtBroker(RemotingClient client, String topic, String address) {
    this.client = client;
    this.topic = topic;
    this.address = address;
  }

  /** Creates the topic with so many queues; answers their number. */
  CompletableFuture<Integer> create(int queues) {
    return set(new TopicConfig(topic, queues, queues, READ_AND_WRITE)).thenApply(done -> queues);
  }

  /**
   * Gives the topic at least so many queues. Nothing else of it changes; where it must not be
   * written, nothing at all.
   *
   * @return how many queues can be written now
   */
  CompletableFuture<Integer> extend(int queues) {
    return present()
        .thenCompose(
            found -> found.map(config -> extend(config, queues)).orElseGet(() -> create(queues)));
  }

  private CompletableFuture<Integer> extend(TopicConfig present, int queues) {
    if (!PermName.isWriteable(present.getPerm())) {
      return CompletableFuture.completedFuture(0);
    }
    if (present.getWriteQueueNums() >= queues) {
      return CompletableFuture.completedFuture(present.getWriteQueueNums());
    }
    present.setWriteQueueNums(queues);
    present.setReadQueueNums(Math.max(queues, present.getReadQueueNums()));
    return set(present).thenApply(done -> queues);
  }

  private CompletableFuture<Optional<TopicConfig>> present() {
    GetTopicConfigRequestHeader header = new GetTopicConfigRequestHeader();
    header.setTopic(topic);
    return client
        .ask(address, RequestCode.GET_TOPIC_CONFIG, header, null)
        .thenCompose(
            answer ->
                switch (answer.getCode()) {
                  case ResponseCode.REQUEST_CODE_NOT_SUPPORTED -> amongAll();
                  case ResponseCode.TOPIC_NOT_EXIST ->
                      CompletableFuture.completedFuture(Optional.empty());
                  default ->
                      CompletableFuture.completedFuture(
                          Optional.of(
                              RemotingSerializable.decode(
                                  seen(answer).getBody(), TopicConfig.class)));
                });
  }

  /** Brokers of 4.x show all topics together. */
  private CompletableFuture<Optional<TopicConfig>> amongAll() {
    return client
        .ask(address, RequestCode.GET_ALL_TOPIC_CONFIG, null, null)
        .thenApply(
            answer ->
                Optional.ofNullable(
                    RemotingSerializable.decode(
                            seen(answer).getBody(), TopicConfigSerializeWrapper.class)
                        .getTopicConfigTable()
                        .get(client.names().wire(topic))));
  }

  private RemotingCommand seen(RemotingCommand answer) {
    if (answer.getCode() != ResponseCode.SUCCESS) {
      throw Answers.error(answer, client, "a look at the settings of topic " + topic);
    }
    return answer;
  }

  private CompletableFuture<Void> set(TopicConfig config) {
    CreateTopicRequestHeader header = new CreateTopicRequestHeader();
    header.setTopic(topic);
    header.setDefaultTopic(TopicValidator.AUTO_CREATE_TOPIC_KEY_TOPIC);
    header.setReadQueueNums(config.getReadQueueNums());
    header.setWriteQueueNums(config.getWriteQueueNums());
    header.setPerm(config.getPerm());
    header.setTopicFilterType(config.getTopicFilterType().name());
    header.setTopicSysFlag(config.getTopicSysFlag());
    header.setOrder(config.isOrder());
    return client
        .ask(address, RequestCode.UPDATE_AND_CREATE_TOPIC, header, null)
        .thenAccept(
            answer -> {
              if (answer.getCode() != ResponseCode.SUCCESS) {
                SluiceException reason =
                    Answers.error(answer, client, "the creation of topic " + topic);
                throw TargetTopic.notCreated(
                    client, topic, reason.message(), reason instanceof RetriableException);
              }
            });
  }
}
