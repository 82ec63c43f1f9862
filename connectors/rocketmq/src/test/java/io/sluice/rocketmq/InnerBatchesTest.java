package io.sluice.rocketmq;

import static io.sluice.rocketmq.BrokerPair.all;
import static io.sluice.rocketmq.BrokerPair.from;
import static io.sluice.rocketmq.BrokerPair.group;
import static io.sluice.rocketmq.BrokerPair.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.rocketmq.source.ConsumeOffset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a topic that stores what was sent at once as one message, to an ordinary topic. */
class InnerBatchesTest {
  private static final int QUEUES = 2;

  @AutoClose private static BrokerPair brokers;
  private static DefaultMQAdminExt admin;

  @BeforeAll
  static void start(@TempDir Path directory) {
    brokers = new BrokerPair(directory);
    admin = brokers.admin();
  }

  @Test
  void copiesEachMessageByteForByteAndInOrder() throws Exception {
    String topic = "batched";
    createBatched(topic);
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int[] sent = new int[QUEUES];
    for (int i = 0; i < 60; i++) {
      sent[i % QUEUES] += send(random, topic, i % QUEUES);
    }
    assertThat(brokers.atSource.messages(topic, 0))
        .map(MessageExt::getSysFlag)
        .anyMatch(flags -> (flags & MessageSysFlag.INNER_BATCH_FLAG) != 0);

    DirectFlow flow = started(topic);
    for (int queue = 0; queue < QUEUES; queue++) {
      awaitCopy(topic, queue, 0, sent[queue]);
    }
    assertThat(flow.failures).isEmpty();
    assertThat(flow.records).hasValue(sent[0] + sent[1]);
    send(random, topic, 0);
    awaitCopy(topic, 0, 0, Math.toIntExact(end(topic)));
  }

  @Test
  void beginsInTheMiddleOfABatch() throws Exception {
    String topic = "batched-middle";
    createBatched(topic);
    brokers.atSource.send(numbers(topic, 0, 100), 0);
    brokers.atSource.send(numbers(topic, 100, 300), 0);
    brokers.atSource.send(new Message(topic, "300".getBytes()), 0);
    SubscriptionGroupConfig group = new SubscriptionGroupConfig();
    group.setGroupName(group(topic));
    admin.createAndUpdateSubscriptionGroupConfig(brokers.source.brokerAddress(), group);
    admin.updateConsumeOffset(
        brokers.source.brokerAddress(), group(topic), brokers.atSource.queueOf(topic, 0), 57);

    DirectFlow flow = started(topic);
    awaitCopy(topic, 0, 57, 301);
    assertThat(flow.failures).isEmpty();
  }

  /** For the broker compares the tag of the whole, which has none. */
  @Test
  void getsNoBatchThroughATagFilter() throws Exception {
    String topic = "batched-tags";
    createBatched(topic);
    Message paid = new Message(topic, "paid", "alone".getBytes());
    brokers.atSource.send(List.of(new Message(topic, "paid", "in a batch".getBytes())), 0);
    brokers.atSource.send(paid, 0);
    DirectFlow flow =
        brokers.flow(
            from(topic, "paid", ConsumeOffset.CONSUME_FROM_FIRST_OFFSET, Optional.empty()),
            to(topic));
    flow.start().toCompletableFuture().join();
    await().ignoreExceptions().until(() -> !brokers.atTarget.read(topic, 0).isEmpty());
    assertThat(brokers.atTarget.read(topic, 0))
        .extracting(Topics.Content::body)
        .containsExactly("alone");
  }

  /** Sends a batch, or now and then a single message; says how many. */
  private static int send(Random random, String topic, int queue) throws Exception {
    if (random.nextInt(4) == 0) {
      brokers.atSource.send(message(random, topic), queue);
      return 1;
    }
    List<Message> batch = new ArrayList<>();
    for (int count = 1 + random.nextInt(random.nextBoolean() ? 10 : 700); count > 0; count--) {
      batch.add(message(random, topic));
    }
    brokers.atSource.send(batch, queue);
    return batch.size();
  }

  private static Message message(Random random, String topic) {
    byte[] body = new byte[1 + random.nextInt(300)];
    random.nextBytes(body);
    Message message = new Message(topic, random.nextBoolean() ? "paid" : "", body);
    message.setFlag(random.nextInt());
    message.putUserProperty("n\u00e4me", "value \ud83d\ude80 " + random.nextLong());
    return message;
  }

  private static List<Message> numbers(String topic, int from, int to) {
    List<Message> batch = new ArrayList<>();
    for (int number = from; number < to; number++) {
      batch.add(new Message(topic, Integer.toString(number).getBytes()));
    }
    return batch;
  }

  private static void createBatched(String topic) throws Exception {
    TopicConfig config = new TopicConfig(topic, QUEUES, QUEUES);
    config.setAttributes(new HashMap<>(Map.of("+queue.type", "BatchCQ")));
    admin.createAndUpdateTopicConfig(brokers.source.brokerAddress(), config);
    await().ignoreExceptions().until(() -> brokers.atSource.queues(topic) == QUEUES);
  }

  private static DirectFlow started(String topic) {
    DirectFlow flow = brokers.flow(all(topic), to(topic));
    flow.start().toCompletableFuture().join();
    return flow;
  }

  /** The copy holds the messages of a source queue from one index to another, exactly. */
  private static void awaitCopy(String topic, int queue, int from, int to) throws Exception {
    List<Topics.Content> expected = brokers.atSource.read(topic, queue).subList(from, to);
    await().ignoreExceptions().until(() -> brokers.atTarget.read(topic, queue).size() >= to - from);
    assertThat(brokers.atTarget.read(topic, queue)).isEqualTo(expected);
  }

  private static long end(String topic) throws Exception {
    MessageQueue queue = brokers.atSource.queueOf(topic, 0);
    return admin.maxOffset(queue);
  }
}
