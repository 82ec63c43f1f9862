package io.sluice.rocketmq;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.PullResult;
import org.apache.rocketmq.client.consumer.PullStatus;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/** RocketMQ's own clients of one instance, as any user has them. */
@SuppressWarnings("deprecation") // the pull consumer is still the one that reads by offset
public final class Topics implements AutoCloseable {
  private static final List<String> NOT_COMPARED =
      List.of("_sluice", "MIN_OFFSET", "MAX_OFFSET", "CLUSTER", "WAIT", "MSG_REGION", "TRACE_ON");

  private final DefaultMQProducer producer = new DefaultMQProducer("GID_test_producer");
  private final DefaultMQPullConsumer consumer = new DefaultMQPullConsumer("GID_test_reader");

  Topics(String nameServer) {
    String instance = UUID.randomUUID().toString();
    producer.setNamesrvAddr(nameServer);
    producer.setInstanceName(instance);
    producer.setSendMsgTimeout(10_000);
    producer.setMaxMessageSize(8 << 20);
    producer.setCompressMsgBodyOverHowmuch(16 << 20);
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

  /** What a message is, without what a broker adds to it. */
  record Content(String body, int flag, Map<String, String> properties) {
    static Content of(MessageExt message) {
      Map<String, String> properties = new HashMap<>(message.getProperties());
      NOT_COMPARED.forEach(properties::remove);
      // One character per byte: lists of these can be compared and read.
      String body = new String(message.getBody(), StandardCharsets.ISO_8859_1);
      return new Content(body, message.getFlag(), properties);
    }
  }

  void send(Message message, int queue) throws Exception {
    producer.send(message, queueOf(message.getTopic(), queue));
  }

  void send(List<Message> batch, int queue) throws Exception {
    producer.send(batch, queueOf(batch.get(0).getTopic(), queue));
  }

  /** Sends messages with bodies {@code from} to {@code to - 1} in turn to the queues of a topic. */
  void sendNumbers(String topic, int queues, int from, int to) throws Exception {
    for (int queue = 0; queue < queues; queue++) {
      List<Message> batch = new ArrayList<>();
      for (int number = from; number < to; number++) {
        if (number % queues == queue) {
          batch.add(new Message(topic, Integer.toString(number).getBytes()));
        }
        if (batch.size() == 500) {
          producer.send(batch, queueOf(topic, queue));
          batch = new ArrayList<>();
        }
      }
      if (!batch.isEmpty()) {
        producer.send(batch, queueOf(topic, queue));
      }
    }
  }

  /** Fills a queue with messages of one size. */
  public void sendBytes(String topic, int queue, int messages, int bytes) throws Exception {
    int perBatch = Math.max(1, (1 << 20) / bytes);
    for (int sent = 0; sent < messages; sent += perBatch) {
      List<Message> batch = new ArrayList<>();
      for (int i = sent; i < Math.min(messages, sent + perBatch); i++) {
        batch.add(new Message(topic, new byte[bytes]));
      }
      producer.send(batch, queueOf(topic, queue));
    }
  }

  int queues(String topic) throws Exception {
    return consumer.fetchSubscribeMessageQueues(topic).size();
  }

  long size(String topic) throws Exception {
    long size = 0;
    for (MessageQueue queue : consumer.fetchSubscribeMessageQueues(topic)) {
      size += consumer.maxOffset(queue) - consumer.minOffset(queue);
    }
    return size;
  }

  /** The bodies of all queues as numbers, sorted: an exact copy has each once. */
  List<Integer> numbers(String topic) throws Exception {
    List<Integer> numbers = new ArrayList<>();
    for (int queue = 0; queue < queues(topic); queue++) {
      read(topic, queue).forEach(content -> numbers.add(Integer.valueOf(content.body())));
    }
    numbers.sort(null);
    return numbers;
  }

  List<Content> read(String topic, int queueId) throws Exception {
    return messages(topic, queueId).stream().map(Content::of).toList();
  }

  List<MessageExt> messages(String topic, int queueId) throws Exception {
    List<MessageExt> messages = new ArrayList<>();
    MessageQueue queue = queueOf(topic, queueId);
    long next = consumer.minOffset(queue);
    while (next < consumer.maxOffset(queue)) {
      PullResult result = consumer.pull(queue, "*", next, 32);
      if (result.getPullStatus() == PullStatus.FOUND) {
        messages.addAll(result.getMsgFoundList());
      }
      next = result.getNextBeginOffset();
    }
    return messages;
  }

  MessageQueue queueOf(String topic, int id) throws Exception {
    return consumer.fetchSubscribeMessageQueues(topic).stream()
        .filter(queue -> queue.getQueueId() == id)
        .findFirst()
        .orElseThrow();
  }

  /** Returns at once: RocketMQ's clients wait up to 3 s for one of their own threads. */
  @Override
  public void close() {
    Thread closer =
        new Thread(
            () -> {
              producer.shutdown();
              consumer.shutdown();
            },
            "close-topics");
    closer.setDaemon(true);
    closer.start();
  }
}
