package io.sluice.rocketmq;

import io.sluice.broker.IntegratedBroker;
import java.util.Set;
import java.util.UUID;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.impl.MQClientAPIImpl;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.body.LockBatchRequestBody;
import org.apache.rocketmq.remoting.protocol.body.UnlockBatchRequestBody;

/** Another consumer, which holds locks on queues of a group. */
@SuppressWarnings("deprecation") // the pull consumer is the way to RocketMQ's own client API
final class LockHolder {
  private static final long TIMEOUT_MILLIS = 5_000;

  private final IntegratedBroker broker;
  private final String group;
  private final String name;

  LockHolder(IntegratedBroker broker, String group, String name) {
    this.broker = broker;
    this.group = group;
    this.name = name;
  }

  private interface Call<T> {
    T on(MQClientAPIImpl api) throws Exception;
  }

  /** Answers whether nobody else has the lock. */
  boolean lock(String topic, int queue) throws Exception {
    LockBatchRequestBody body = new LockBatchRequestBody();
    body.setConsumerGroup(group);
    body.setClientId(name);
    body.setMqSet(Set.of(queue(topic, queue)));
    return call(api -> api.lockBatchMQ(broker.brokerAddress(), body, TIMEOUT_MILLIS))
        .contains(queue(topic, queue));
  }

  void unlock(String topic, int queue) throws Exception {
    unlock(topic, queue, name);
  }

  /** Takes a lock away from its holder, as time does when the holder stands still. */
  void steal(String topic, int queue, String holder) throws Exception {
    do { // the holder may ask for it in between
      unlock(topic, queue, holder);
    } while (!lock(topic, queue));
  }

  private void unlock(String topic, int queue, String holder) throws Exception {
    UnlockBatchRequestBody body = new UnlockBatchRequestBody();
    body.setConsumerGroup(group);
    body.setClientId(holder);
    body.setMqSet(Set.of(queue(topic, queue)));
    call(
        api -> {
          api.unlockBatchMQ(broker.brokerAddress(), body, TIMEOUT_MILLIS, false);
          return body;
        });
  }

  private static MessageQueue queue(String topic, int queue) {
    return new MessageQueue(topic, "source-0", queue);
  }

  private <T> T call(Call<T> call) throws Exception {
    DefaultMQPullConsumer consumer = new DefaultMQPullConsumer("lock-holder");
    consumer.setNamesrvAddr(broker.nameServerAddress());
    consumer.setInstanceName(UUID.randomUUID().toString());
    consumer.start();
    try {
      return call.on(
          consumer
              .getDefaultMQPullConsumerImpl()
              .getRebalanceImpl()
              .getmQClientFactory()
              .getMQClientAPIImpl());
    } finally {
      consumer.shutdown();
    }
  }
}
