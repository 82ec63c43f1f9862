package io.sluice.testkit.official;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.RequestCallback;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageExt;
import org.jspecify.annotations.Nullable;

/** Sends messages of a kind, as an application does that uses RocketMQ's own client. */
final class KindWriter implements AutoCloseable {
  private static final int DELAY_LEVEL_OF_A_SECOND = 1;
  private static final int DELAY_MILLIS = 3_000;
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int COMPRESSED_FROM = 1_000;

  private final String nameServer;
  private final String topic;
  private final List<DefaultMQProducer> producers = new ArrayList<>();

  KindWriter(String nameServer, String topic) {
    this.nameServer = nameServer;
    this.topic = topic;
  }

  /**
   * @param kind {@code normal}, {@code ordered}, {@code delay-level}, {@code delay-time}, {@code
   *     transaction}, {@code zlib}, {@code lz4}, {@code zstd}, {@code batch}, {@code request},
   *     {@code retry} or {@code dead-letter}
   */
  void write(String kind) throws Exception {
    switch (kind) {
      case "normal" -> started(plain()).send(message(kind, 0));
      case "ordered" -> sendOrdered(kind);
      case "delay-level" -> {
        Message message = message(kind, 0);
        message.setDelayTimeLevel(DELAY_LEVEL_OF_A_SECOND);
        started(plain()).send(message);
      }
      case "delay-time" -> {
        Message message = message(kind, 0);
        long due = System.currentTimeMillis() + DELAY_MILLIS;
        MessageAccessor.putProperty(message, "TIMER_DELIVER_MS", Long.toString(due));
        message.putUserProperty("due", Long.toString(due));
        started(plain()).send(message);
      }
      case "transaction" -> sendTransactions(kind);
      case "zlib", "lz4", "zstd" -> sendCompressed(kind);
      case "batch" -> started(plain()).send(three(kind));
      case "request" ->
          started(plain()).request(message(kind, 0), nobodyAnswers(), PATIENCE_MILLIS);
      case "retry" -> sendToFailing(kind, 1);
      case "dead-letter" -> sendToFailing(kind, 0);
      default -> throw new IllegalArgumentException("no kind: " + kind);
    }
  }

  private void sendOrdered(String kind) throws Exception {
    DefaultMQProducer producer = started(plain());
    for (int number = 0; number < 12; number++) {
      Message message = message(kind, number);
      String key = "customer-" + number % 3;
      MessageAccessor.putProperty(message, "__SHARDINGKEY", key);
      producer.send(
          message,
          (queues, sent, by) -> queues.get(Math.floorMod(by.hashCode(), queues.size())),
          key);
    }
  }

  private void sendTransactions(String kind) throws Exception {
    TransactionMQProducer producer = new TransactionMQProducer(group());
    producer.setTransactionListener(
        new TransactionListener() {
          @Override
          public LocalTransactionState executeLocalTransaction(
              Message half, @Nullable Object decision) {
            return (LocalTransactionState) decision;
          }

          @Override
          public LocalTransactionState checkLocalTransaction(MessageExt half) {
            return LocalTransactionState.UNKNOW;
          }
        });
    started(producer);
    for (LocalTransactionState decision : LocalTransactionState.values()) {
      Message message = message(kind, decision.ordinal());
      message.putUserProperty("decision", decision.name());
      producer.sendMessageInTransaction(message, decision);
    }
  }

  private void sendCompressed(String kind) throws Exception {
    // Clients that know but one kind of compression do not look at it.
    System.setProperty("rocketmq.message.compressType", kind.toUpperCase(Locale.ROOT));
    DefaultMQProducer producer = plain();
    producer.setCompressMsgBodyOverHowmuch(COMPRESSED_FROM);
    Message message = message(kind, 0);
    message.setBody((kind + " 压缩 ").repeat(COMPRESSED_FROM).getBytes(StandardCharsets.UTF_8));
    started(producer).send(message);
  }

  /** The message comes to a consumer that fails. */
  private void sendToFailing(String kind, int retries) throws Exception {
    Message message = message(kind, 0);
    message.setTags(kind);
    started(plain()).send(message);
    CountDownLatch failed = new CountDownLatch(1);
    DefaultMQPushConsumer consumer = new DefaultMQPushConsumer("GID_" + kind);
    consumer.setNamesrvAddr(nameServer);
    consumer.setInstanceName(UUID.randomUUID().toString());
    consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
    consumer.setMaxReconsumeTimes(retries);
    consumer.setAwaitTerminationMillisWhenShutdown(10_000);
    consumer.subscribe(topic, kind);
    consumer.registerMessageListener(
        (MessageListenerConcurrently)
            (messages, queue) -> {
              failed.countDown();
              return ConsumeConcurrentlyStatus.RECONSUME_LATER;
            });
    consumer.start();
    failed.await();
    consumer.shutdown();
  }

  private Collection<Message> three(String kind) {
    List<Message> messages = new ArrayList<>();
    for (int number = 0; number < 3; number++) {
      messages.add(message(kind, number));
    }
    return messages;
  }

  private static RequestCallback nobodyAnswers() {
    return new RequestCallback() {
      @Override
      public void onSuccess(Message reply) {}

      @Override
      public void onException(Throwable expected) {}
    };
  }

  private Message message(String kind, int number) {
    byte[] body = "%s %d größer 订单".formatted(kind, number).getBytes(StandardCharsets.UTF_8);
    Message message = new Message(topic, body);
    message.setTags("tag-" + number % 2);
    message.setKeys(List.of(kind + "-" + number, "order-7"));
    message.setFlag(number + 1);
    message.putUserProperty("kind", kind);
    message.putUserProperty("number", Integer.toString(number));
    message.putUserProperty("region", "größer 订单");
    return message;
  }

  private static DefaultMQProducer plain() {
    return new DefaultMQProducer(group());
  }

  private static String group() {
    return "GID_" + UUID.randomUUID();
  }

  private DefaultMQProducer started(DefaultMQProducer producer) throws Exception {
    producer.setNamesrvAddr(nameServer);
    producer.setInstanceName(UUID.randomUUID().toString());
    producer.setSendMsgTimeout(PATIENCE_MILLIS);
    producer.start();
    producers.add(producer);
    return producer;
  }

  @Override
  public void close() {
    producers.forEach(DefaultMQProducer::shutdown);
  }
}
