package io.sluice.benchmarks.load;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.client.ClientConfig;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;

/** RocketMQ's own clients. Each has its own connections: clients of one name would share them. */
final class Clients {
  /** On a machine that has too much to do, being late is no reason to give up. */
  private static final int PATIENCE_MILLIS = 60_000;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private Clients() {}

  /** A producer that has started. */
  static DefaultMQProducer producer(String nameServer) throws MQClientException {
    DefaultMQProducer producer = new DefaultMQProducer("benchmarks");
    configure(producer, nameServer);
    producer.setSendMsgTimeout(PATIENCE_MILLIS);
    producer.start();
    return producer;
  }

  /** A push consumer that has not started, with a group of its own. */
  static DefaultMQPushConsumer consumer(String nameServer) {
    DefaultMQPushConsumer consumer = new DefaultMQPushConsumer("reader-" + NUMBER.get());
    configure(consumer, nameServer);
    return consumer;
  }

  private static void configure(ClientConfig client, String nameServer) {
    client.setNamesrvAddr(nameServer);
    client.setInstanceName("benchmarks-" + NUMBER.incrementAndGet());
  }
}
