package io.sluice.testkit.official;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.rocketmq.client.apis.ClientConfiguration;
import org.apache.rocketmq.client.apis.ClientServiceProvider;
import org.apache.rocketmq.client.apis.consumer.FilterExpression;
import org.apache.rocketmq.client.apis.consumer.SimpleConsumer;
import org.apache.rocketmq.client.apis.message.MessageBuilder;
import org.apache.rocketmq.client.apis.message.MessageView;
import org.apache.rocketmq.client.apis.producer.Producer;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.PullResult;
import org.apache.rocketmq.client.consumer.PullStatus;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/**
 * Copies a topic with RocketMQ's own clients, gRPC on one side and remoting on the other, as well as
 * they can: many messages received at once and stored as one batch, or sent without waiting for each.
 * Content is kept, order is not. Stops at the first error.
 */
// The only public client that pulls from a queue what it is told to, and no more.
@SuppressWarnings("deprecation")
public final class OfficialCopier {
  private static final System.Logger log = System.getLogger(OfficialCopier.class.getName());
  private static final ClientServiceProvider PROVIDER = ClientServiceProvider.loadService();
  private static final int MESSAGES = 32;
  private static final int RECEIVERS = 4;
  private static final Duration INVISIBLE = Duration.ofSeconds(30);
  private static final Duration WAIT = Duration.ofSeconds(5);

  private OfficialCopier() {}

  /**
   * @param arguments {@code fromGrpc PROXY NAME_SERVER} or {@code toGrpc NAME_SERVER PROXY}, followed
   *     by topic and target topic
   */
  public static void main(String[] arguments) throws Exception {
    String topic = arguments[3];
    String target = arguments[4];
    if (arguments[0].equals("fromGrpc")) {
      fromGrpc(proxy(arguments[1]), arguments[2], topic, target);
    } else {
      toGrpc(arguments[1], proxy(arguments[2]), topic, target);
    }
  }

  private static ClientConfiguration proxy(String address) {
    return ClientConfiguration.newBuilder().setEndpoints(address).enableSsl(false).build();
  }

  private static void fromGrpc(
      ClientConfiguration proxy, String nameServer, String topic, String target)
      throws Exception {
    DefaultMQProducer producer = new DefaultMQProducer("GID_" + target);
    producer.setNamesrvAddr(nameServer);
    producer.start();
    SimpleConsumer consumer =
        PROVIDER
            .newSimpleConsumerBuilder()
            .setClientConfiguration(proxy)
            .setConsumerGroup("GID_" + target)
            .setAwaitDuration(WAIT)
            .setSubscriptionExpressions(Map.of(topic, FilterExpression.SUB_ALL))
            .build();
    ExecutorService threads = Executors.newFixedThreadPool(RECEIVERS);
    for (int receiver = 0; receiver < RECEIVERS; receiver++) {
      threads.execute(guarded(() -> receiveAndSend(consumer, producer, target)));
    }
  }

  private static void receiveAndSend(
      SimpleConsumer consumer, DefaultMQProducer producer, String target) throws Exception {
    while (true) {
      List<MessageView> received = consumer.receive(MESSAGES, INVISIBLE);
      List<Message> copies = new ArrayList<>();
      for (MessageView view : received) {
        copies.add(copy(view, target));
      }
      if (!copies.isEmpty()) {
        producer.send(copies);
        CompletableFuture.allOf(
                received.stream().map(consumer::ackAsync).toArray(CompletableFuture<?>[]::new))
            .join();
      }
    }
  }

  private static Message copy(MessageView view, String target) {
    ByteBuffer body = view.getBody();
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    Message copy = new Message(target, bytes);
    view.getTag().ifPresent(copy::setTags);
    copy.setKeys(view.getKeys());
    view.getProperties().forEach(copy::putUserProperty);
    return copy;
  }

  private static void toGrpc(
      String nameServer, ClientConfiguration proxy, String topic, String target)
      throws Exception {
    DefaultMQPullConsumer consumer = new DefaultMQPullConsumer("GID_" + target);
    consumer.setNamesrvAddr(nameServer);
    consumer.start();
    Producer producer =
        PROVIDER
            .newProducerBuilder()
            .setClientConfiguration(proxy)
            .setTopics(target)
            .build();
    ExecutorService threads = Executors.newCachedThreadPool();
    for (MessageQueue queue : consumer.fetchSubscribeMessageQueues(topic)) {
      threads.execute(guarded(() -> pullAndSend(consumer, queue, producer, target)));
    }
  }

  private static void pullAndSend(
      DefaultMQPullConsumer consumer, MessageQueue queue, Producer producer, String target)
      throws Exception {
    long offset = consumer.minOffset(queue);
    while (true) {
      PullResult pulled = consumer.pullBlockIfNotFound(queue, "*", offset, MESSAGES);
      if (pulled.getPullStatus() == PullStatus.FOUND) {
        CompletableFuture.allOf(
                pulled.getMsgFoundList().stream()
                    .map(message -> producer.sendAsync(copy(message, target)))
                    .toArray(CompletableFuture<?>[]::new))
            .join();
      }
      offset = pulled.getNextBeginOffset();
    }
  }

  private static org.apache.rocketmq.client.apis.message.Message copy(
      MessageExt message, String target) {
    MessageBuilder copy =
        PROVIDER.newMessageBuilder().setTopic(target).setBody(message.getBody());
    if (message.getTags() != null) {
      copy.setTag(message.getTags());
    }
    if (message.getKeys() != null) {
      copy.setKeys(message.getKeys().split(" "));
    }
    message
        .getProperties()
        .forEach(
            (name, value) -> {
              if (!MessageConst.STRING_HASH_SET.contains(name)) {
                copy.addProperty(name, value);
              }
            });
    return copy.build();
  }

  private interface Work {
    void run() throws Exception;
  }

  private static Runnable guarded(Work work) {
    return () -> {
      try {
        work.run();
      } catch (Exception failure) {
        log.log(System.Logger.Level.ERROR, "copying failed", failure);
        Runtime.getRuntime().halt(1);
      }
    };
  }
}
