package io.sluice.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.MessageSelector;
import org.apache.rocketmq.client.consumer.PullResult;
import org.apache.rocketmq.client.consumer.PullStatus;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.ServiceThread;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/** RocketMQ's own client, as any user of a broker has it. */
@SuppressWarnings("deprecation") // the pull consumer is still the one that reads by offset
final class Client implements AutoCloseable {
  private final DefaultMQProducer producer = new DefaultMQProducer("GID_test_producer");
  private final DefaultMQPullConsumer consumer;

  Client(String nameServer) {
    this(nameServer, "GID_test_consumer");
  }

  Client(String nameServer, String group) {
    RocketmqLogs.prepare();
    String instance = UUID.randomUUID().toString();
    producer.setNamesrvAddr(nameServer);
    producer.setInstanceName(instance);
    producer.setSendMsgTimeout(10_000);
    producer.setRetryTimesWhenSendFailed(0);
    consumer = new DefaultMQPullConsumer(group);
    consumer.setNamesrvAddr(nameServer);
    consumer.setInstanceName(instance);
    // Otherwise it has connections and threads of its own.
    consumer.setEnableStreamRequestType(false);
    try {
      producer.start();
      consumer.start();
    } catch (MQClientException failure) {
      throw new IllegalStateException(failure);
    }
  }

  SendResult send(String topic, String body) throws Exception {
    return send(new Message(topic, body.getBytes()));
  }

  SendResult send(Message message) throws Exception {
    return producer.send(message);
  }

  /** Bodies of all messages of a topic, queue by queue. */
  List<String> read(String topic) throws Exception {
    return read(topic, MessageSelector.byTag("*"));
  }

  List<String> read(String topic, MessageSelector selector) throws Exception {
    List<String> bodies = new ArrayList<>();
    for (MessageExt message : readMessages(topic, selector)) {
      bodies.add(new String(message.getBody()));
    }
    return bodies;
  }

  /** All messages of a topic, queue by queue. */
  List<MessageExt> readMessages(String topic) throws Exception {
    return readMessages(topic, MessageSelector.byTag("*"));
  }

  private List<MessageExt> readMessages(String topic, MessageSelector selector) throws Exception {
    List<MessageExt> messages = new ArrayList<>();
    for (MessageQueue queue : consumer.fetchSubscribeMessageQueues(topic)) {
      long next = consumer.minOffset(queue);
      // The answer tells the broker's version.
      consumer
          .getDefaultMQPullConsumerImpl()
          .getRebalanceImpl()
          .getmQClientFactory()
          .sendHeartbeatToAllBrokerWithLock();
      while (next < consumer.maxOffset(queue)) {
        PullResult result = consumer.pull(queue, selector, next, 32);
        if (result.getPullStatus() == PullStatus.FOUND) {
          messages.addAll(result.getMsgFoundList());
        }
        next = result.getNextBeginOffset();
      }
    }
    return messages;
  }

  /** The last offset of each queue becomes the group's. */
  void commitAll(String topic) throws Exception {
    for (MessageQueue queue : consumer.fetchSubscribeMessageQueues(topic)) {
      consumer.getOffsetStore().updateOffset(queue, consumer.maxOffset(queue), false);
      consumer
          .getOffsetStore()
          .updateConsumeOffsetToBroker(queue, consumer.maxOffset(queue), false);
    }
  }

  long committed(String topic) throws Exception {
    long sum = 0;
    for (MessageQueue queue : consumer.fetchSubscribeMessageQueues(topic)) {
      sum += consumer.fetchConsumeOffset(queue, true);
    }
    return sum;
  }

  int queues(String topic) throws Exception {
    return consumer.fetchSubscribeMessageQueues(topic).size();
  }

  @Override
  public void close() {
    // Waited for, up to 3 s, as long as it polls for the events of connections.
    Leftovers.owned(
            consumer
                .getDefaultMQPullConsumerImpl()
                .getRebalanceImpl()
                .getmQClientFactory()
                .getMQClientAPIImpl()
                .getRemotingClient(),
            ServiceThread.class)
        .forEach(thread -> thread.shutdown(true));
    producer.shutdown();
    consumer.shutdown();
  }
}
