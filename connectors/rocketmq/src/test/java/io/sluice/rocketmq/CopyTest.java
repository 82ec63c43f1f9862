package io.sluice.rocketmq;

import static io.sluice.rocketmq.BrokerPair.all;
import static io.sluice.rocketmq.BrokerPair.from;
import static io.sluice.rocketmq.BrokerPair.group;
import static io.sluice.rocketmq.BrokerPair.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.rocketmq.sink.Echoes;
import io.sluice.rocketmq.sink.RocketMqSinkConfiguration;
import io.sluice.rocketmq.source.ConsumeOffset;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import io.sluice.sdk.error.SluiceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.protocol.admin.ConsumeStats;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What arrives at the target, between two real brokers. */
class CopyTest {
  @AutoClose private static BrokerPair brokers;

  @BeforeAll
  static void start(@TempDir Path directory) {
    brokers = new BrokerPair(directory);
  }

  @Test
  void copiesQueueToQueueByteForByteInSeveralFlowsOverOnePool() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<String> topics = List.of("exact-a", "exact-b", "exact-c");
    for (String topic : topics) {
      brokers.topic(brokers.source, topic, 3);
      for (int i = 0; i < 120; i++) {
        brokers.atSource.send(message(random, topic), i % 3);
      }
    }
    List<DirectFlow> flows = new ArrayList<>();
    for (String topic : topics) {
      flows.add(started(brokers.flow(all(topic), to(topic))));
    }
    for (String topic : topics) {
      awaitSize(topic, 120);
      for (int queue = 0; queue < 3; queue++) {
        List<Topics.Content> sent = brokers.atSource.read(topic, queue);
        List<Topics.Content> copied = brokers.atTarget.read(topic, queue);
        assertThat(copied)
            .extracting(Topics.Content::properties)
            .isEqualTo(sent.stream().map(Topics.Content::properties).toList());
        assertThat(copied).isEqualTo(sent);
      }
    }
    assertThat(flows).allSatisfy(CopyTest::isHealthy);
  }

  private static Message message(Random random, String topic) {
    // Clients refuse an empty body; MirrorMatrixTest sends some past them.
    byte[] body = new byte[1 + random.nextInt(2000)];
    random.nextBytes(body);
    Message message = new Message(topic, body);
    message.setFlag(random.nextInt());
    switch (random.nextInt(4)) {
      case 0 -> message.setTags("");
      case 1 -> message.setTags("paid");
      default -> {}
    }
    if (random.nextBoolean()) {
      message.setKeys("key-" + random.nextInt() + " \u00e4\u6d88\u606f");
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      message.putUserProperty("property-" + i, "value \ud83d\ude80 " + random.nextLong());
    }
    return message;
  }

  @Test
  void passesExactlyTheTagsOfAnExpressionThoughHashesCollide() throws Exception {
    String topic = "tags";
    brokers.topic(brokers.source, topic, 1);
    for (String tag : List.of("Aa", "BB", "C", "other", "Aa", "BB")) {
      brokers.atSource.send(new Message(topic, tag, tag.getBytes()), 0);
    }
    brokers.atSource.send(new Message(topic, "untagged".getBytes()), 0);
    DirectFlow flow =
        started(
            brokers.flow(
                from(topic, "Aa || C", ConsumeOffset.CONSUME_FROM_FIRST_OFFSET, Optional.empty()),
                to(topic)));
    await().until(() -> flow.source().progress().get(0).committed().offset() == 7);
    assertThat(brokers.atTarget.read(topic, 0))
        .extracting(Topics.Content::body)
        .containsExactly("Aa", "C", "Aa");
    assertThat(flow.source().progress().get(0).lag()).hasValue(0);
  }

  @Test
  void movesThePositionToTheEndThoughNothingPasses() throws Exception {
    String topic = "nothing-passes";
    brokers.topic(brokers.source, topic, 2);
    brokers.atSource.sendNumbers(topic, 2, 0, 3000);
    DirectFlow flow =
        started(
            brokers.flow(
                from(topic, "none", ConsumeOffset.CONSUME_FROM_FIRST_OFFSET, Optional.empty()),
                to(topic)));
    await()
        .until(
            () ->
                flow.source().progress().stream()
                    .allMatch(
                        queue ->
                            queue.committed().offset() == 1500 && queue.lag().orElse(-1) == 0));
    assertThat(flow.records).hasValue(0);
  }

  @Test
  void showsTheGroupWithItsMemberAndWithoutLag() throws Exception {
    String topic = "visible";
    brokers.topic(brokers.source, topic, 4);
    brokers.atSource.sendNumbers(topic, 4, 0, 1000);
    started(brokers.flow(all(topic), to(topic)));
    DefaultMQAdminExt admin = brokers.admin();
    await()
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              ConsumeStats stats = admin.examineConsumeStats(group(topic), topic);
              assertThat(stats.computeTotalDiff()).isZero();
              assertThat(stats.getOffsetTable().values())
                  .hasSize(4)
                  .allSatisfy(offset -> assertThat(offset.getConsumerOffset()).isEqualTo(250));
              assertThat(admin.examineConsumerConnectionInfo(group(topic)).getConnectionSet())
                  .singleElement()
                  .satisfies(member -> assertThat(member.getClientId()).startsWith("sluice@"));
            });
  }

  @Test
  void createsAMissingTopicWithTheQueuesOfTheSource() throws Exception {
    brokers.topic(brokers.source, "created", 5);
    brokers.atSource.sendNumbers("created", 5, 0, 100);
    started(brokers.flow(all("created"), to("created")));
    awaitSize("created", 100);
    assertThat(brokers.atTarget.queues("created")).isEqualTo(5);
  }

  @Test
  void extendsATopicWithFewerQueues() throws Exception {
    brokers.topic(brokers.source, "extended", 6);
    brokers.topic(brokers.target, "extended", 2);
    brokers.atSource.sendNumbers("extended", 6, 0, 120);
    started(brokers.flow(all("extended"), to("extended")));
    awaitSize("extended", 120);
    for (int queue = 0; queue < 6; queue++) {
      assertThat(brokers.atTarget.read("extended", queue))
          .isEqualTo(brokers.atSource.read("extended", queue));
    }
  }

  @Test
  void failsAtOnceWhenTheTopicIsMissingAndMustNotBeCreated() throws Exception {
    brokers.topic(brokers.source, "not-created", 1);
    DirectFlow flow =
        brokers.flow(
            all("not-created"),
            new RocketMqSinkConfiguration("target", "not-created", false, true, Echoes.DROP));
    assertThatThrownBy(() -> started(flow))
        .hasRootCauseInstanceOf(SluiceException.class)
        .rootCause()
        .extracting(failure -> ((SluiceException) failure).code())
        .isEqualTo(RocketMqError.TOPIC_MISSING);
  }

  @Test
  void carriesLargeMessagesBetweenSmallOnes() throws Exception {
    String topic = "sizes";
    brokers.topic(brokers.source, topic, 1);
    brokers.topic(brokers.target, topic, 1);
    // 4.x limits body and properties together, 5.x the body.
    int limit = 4 << 20;
    int nearLimit = limit - 2048;
    for (int size : new int[] {1, nearLimit, 1, 2, nearLimit, 300_000, limit, 5}) {
      Message message = new Message(topic, new byte[size]);
      message.putUserProperty("large", "x".repeat(1000));
      brokers.atSource.send(message, 0);
    }
    DirectFlow flow = started(brokers.flow(all(topic), to(topic)));
    awaitSize(topic, 8);
    assertThat(brokers.atTarget.read(topic, 0)).isEqualTo(brokers.atSource.read(topic, 0));
    isHealthy(flow);
  }

  @Test
  void goesOnBehindTheTargetsTailWithoutACheckpoint() throws Exception {
    String topic = "tail";
    brokers.topic(brokers.source, topic, 2);
    brokers.atSource.sendNumbers(topic, 2, 0, 500);
    // Without a group nothing but the target knows how far the flow came.
    RocketMqSourceConfiguration source =
        RocketMqSourceConfiguration.groupless(
            "source", topic, ConsumeOffset.CONSUME_FROM_FIRST_OFFSET, Optional.empty());
    DirectFlow first = started(brokers.flow(source, to(topic)));
    awaitSize(topic, 500);
    first.close();
    brokers.atSource.sendNumbers(topic, 2, 500, 700);
    started(brokers.flow(source, to(topic)));
    awaitSize(topic, 700);
    assertThat(brokers.atTarget.numbers(topic)).isEqualTo(IntStream.range(0, 700).boxed().toList());
  }

  private static DirectFlow started(DirectFlow flow) {
    flow.start().toCompletableFuture().join();
    return flow;
  }

  private static void awaitSize(String topic, long messages) {
    await().ignoreExceptions().until(() -> brokers.atTarget.size(topic) == messages);
  }

  private static void isHealthy(DirectFlow flow) {
    assertThat(flow.troubles).isEmpty();
    assertThat(flow.failures).isEmpty();
    assertThat(flow.unstored).isEmpty();
  }
}
