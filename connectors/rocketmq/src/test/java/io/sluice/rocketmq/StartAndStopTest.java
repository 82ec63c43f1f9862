package io.sluice.rocketmq;

import static io.sluice.rocketmq.BrokerPair.all;
import static io.sluice.rocketmq.BrokerPair.from;
import static io.sluice.rocketmq.BrokerPair.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.sink.Echoes;
import io.sluice.rocketmq.sink.RocketMqSinkConfiguration;
import io.sluice.rocketmq.source.ConsumeOffset;
import io.sluice.rocketmq.source.RocketMqSourceConfiguration;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Acl;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Secret;
import io.sluice.sdk.instance.Version;
import io.sluice.sdk.instance.Vpc;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where flows begin and end, between two real brokers. */
class StartAndStopTest {
  @AutoClose private static BrokerPair brokers;

  @BeforeAll
  static void start(@TempDir Path directory) {
    brokers = new BrokerPair(directory);
  }

  @Test
  void beginsBehindTheLastMessageAndGoesOnAtTheGroupsOffset() throws Exception {
    String topic = "from-last";
    topicOnBothSides(topic, 2);
    brokers.atSource.sendNumbers(topic, 2, 0, 100);
    DirectFlow first =
        started(
            brokers.flow(from(topic, ConsumeOffset.CONSUME_FROM_LAST_OFFSET), unstamped(topic)));
    brokers.atSource.sendNumbers(topic, 2, 100, 150);
    awaitNumbers(topic, 100, 150);
    first.close();
    brokers.atSource.sendNumbers(topic, 2, 150, 220);
    started(brokers.flow(from(topic, ConsumeOffset.CONSUME_FROM_LAST_OFFSET), unstamped(topic)));
    awaitNumbers(topic, 100, 220);
  }

  @Test
  void beginsAtATimeBeforeBetweenAndAfterAllMessages() throws Exception {
    String topic = "from-time";
    brokers.topic(brokers.source, topic, 1);
    brokers.atSource.sendNumbers(topic, 1, 0, 50);
    long last = stored(topic, 49);
    await().until(() -> System.currentTimeMillis() > last + 1);
    long between = System.currentTimeMillis();
    brokers.atSource.sendNumbers(topic, 1, 50, 90);
    long end = stored(topic, 89);
    await().until(() -> System.currentTimeMillis() > end);
    String iso = Instant.ofEpochMilli(between).toString();
    expectFromTime(topic, "1", "at-before", 0, 90);
    expectFromTime(topic, Long.toString(between), "at-between-millis", 50, 90);
    expectFromTime(topic, iso, "at-between-iso", 50, 90);
    String after = Long.toString(System.currentTimeMillis() + 60_000);
    DirectFlow behind = fromTime(topic, after, "at-after");
    assertThat(behind.source().progress())
        .extracting(queue -> queue.committed().offset())
        .containsExactly(90L);
  }

  private static long stored(String topic, int index) throws Exception {
    // Brokers show a message a little after they confirmed it.
    await().until(() -> brokers.atSource.size(topic) > index);
    List<MessageExt> messages = brokers.atSource.messages(topic, 0);
    return messages.get(index).getStoreTimestamp();
  }

  private static void expectFromTime(String topic, String time, String target, int from, int to)
      throws Exception {
    fromTime(topic, time, target);
    awaitNumbers(target, from, to);
  }

  private static DirectFlow fromTime(String topic, String time, String target) {
    RocketMqSourceConfiguration source =
        RocketMqSourceConfiguration.groupless(
            "source", topic, ConsumeOffset.CONSUME_FROM_TIMESTAMP, Optional.of(time));
    return started(brokers.flow(source, to(target)));
  }

  @Test
  void readsAQueueThatAppearsFromItsFirstMessageAndExtendsTheTarget() throws Exception {
    String topic = "grows";
    topicOnBothSides(topic, 2);
    started(brokers.flow(from(topic, ConsumeOffset.CONSUME_FROM_LAST_OFFSET), to(topic)));
    brokers.topic(brokers.source, topic, 3);
    brokers.atSource.sendNumbers(topic, 3, 0, 90);
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> brokers.atTarget.numbers(topic).equals(range(0, 90)));
    assertThat(brokers.atTarget.read(topic, 2)).isEqualTo(brokers.atSource.read(topic, 2));
  }

  @Test
  void committedPositionsAreExactAfterStopAndNothingIsSaidAnyMore() throws Exception {
    String topic = "stops";
    topicOnBothSides(topic, 2);
    brokers.atSource.sendNumbers(topic, 2, 0, 40_000);
    DirectFlow flow = started(brokers.flow(all(topic), unstamped(topic)));
    await().until(() -> flow.records.get() > 500);
    flow.source().pause();
    await()
        .until(
            () ->
                committed(flow) == flow.records.get() && flow.offered.get() == flow.batches.get());
    flow.source().stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
    long offered = flow.batches.get();
    flow.source().stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(flow.batches).hasValue(offered);
    long copied = flow.records.get();
    assertThat(committed(flow)).isEqualTo(copied);
    started(brokers.flow(all(topic), unstamped(topic)));
    awaitNumbers(topic, 0, 40_000);
  }

  @Test
  @Timeout(20)
  void canBeStoppedWhileItStarts() throws Exception {
    String topic = "stopped-early";
    topicOnBothSides(topic, 1);
    DirectFlow flow = brokers.flow(all(topic), to(topic));
    var start = flow.start().toCompletableFuture();
    flow.source().stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
    catchThrowable(() -> start.get(10, TimeUnit.SECONDS));
    assertThat(start).isDone();
  }

  @Test
  @Timeout(10)
  void saysQuicklyThatANameServerCannotBeReached() throws Exception {
    Instance nowhere = source(List.of(deadAddress()));
    DirectFlow flow = flowFrom(nowhere, "anything");
    Throwable failure = CallFailure.unwrap(catchThrowable(() -> started(flow)));
    assertThat(failure)
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining(nowhere.nameServers().get(0))
        .asString()
        .contains("source");
    assertThat(code(failure)).isEqualTo(RocketMqError.UNREACHABLE);
  }

  @Test
  @Timeout(20)
  void asksTheOtherNameServerWhenOneIsDead() throws Exception {
    String topic = "one-dead";
    topicOnBothSides(topic, 1);
    brokers.atSource.sendNumbers(topic, 1, 0, 10);
    String alive = brokers.source.nameServerAddress();
    for (List<String> servers :
        List.of(List.of(deadAddress(), alive), List.of(alive, deadAddress()))) {
      DirectFlow flow = flowFrom(source(servers), topic);
      started(flow);
    }
    awaitNumbers(topic, 0, 10);
  }

  @Test
  void saysWhereAnInstanceStandsThatCannotBeReached() throws Exception {
    Instance nowhere =
        source(List.of(deadAddress())).toBuilder()
            .vpc(new Vpc("vpc-1", Optional.of("vsw-1"), Optional.of("sg-1")))
            .build();
    DirectFlow flow = flowFrom(nowhere, "anything");

    SluiceException failure =
        (SluiceException) CallFailure.unwrap(catchThrowable(() -> started(flow)));

    assertThat(failure.code()).isEqualTo(RocketMqError.UNREACHABLE);
    assertThat(failure.getMessage())
        .contains("it stands in VPC vpc-1, vSwitch vsw-1, security group sg-1");
  }

  @Test
  void keepsSecretsOutOfTextAndErrors() throws Exception {
    Acl acl = new Acl(Secret.of("the-access-key"), Secret.of("the-secret-key"));
    Instance nowhere = source(List.of(deadAddress())).toBuilder().acl(acl).build();
    DirectFlow flow = flowFrom(nowhere, "anything");
    Throwable failure = catchThrowable(() -> started(flow));
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain("the-access-key", "the-secret-key");
    }
    assertThat(nowhere.toString()).doesNotContain("the-access-key", "the-secret-key");
  }

  @Test
  void saysThatTheTargetHasLostWhatItConfirmed() throws Exception {
    for (boolean stamp : new boolean[] {true, false}) {
      String topic = "lost-" + stamp;
      topicOnBothSides(topic, 1);
      brokers.atSource.sendNumbers(topic, 1, 0, 10);
      Partition partition = new Partition("source/" + topic + "/source-0/0", 0);
      Map<Partition, ResumePoint> known =
          Map.of(
              partition,
              new ResumePoint(
                  new Position(1000),
                  Optional.of(new TargetPosition(topic + "/target-0/0", 1000))));
      DirectFlow flow =
          brokers.flow(
              all(topic),
              new RocketMqSinkConfiguration("target", topic, true, stamp, Echoes.DROP),
              known);
      Throwable failure = CallFailure.unwrap(catchThrowable(() -> started(flow)));
      assertThat(code(failure)).isEqualTo(RocketMqError.TARGET_LOST);
    }
  }

  private static ErrorCode code(Throwable failure) {
    return ((SluiceException) failure).code();
  }

  private static long committed(DirectFlow flow) {
    return flow.source().progress().stream()
        .map(PartitionProgress::committed)
        .mapToLong(position -> position.offset())
        .sum();
  }

  private static DirectFlow flowFrom(Instance source, String topic) {
    return brokers.flow(
        all(topic),
        to(topic),
        Map.of(),
        Map.of("source", source, "target", brokers.target.instance()));
  }

  private static Instance source(List<String> nameServers) {
    return Instance.builder("source").version(Version.V5).nameServers(nameServers).build();
  }

  private static String deadAddress() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }

  private static RocketMqSinkConfiguration unstamped(String topic) {
    return new RocketMqSinkConfiguration("target", topic, true, false, Echoes.DROP);
  }

  private static void topicOnBothSides(String topic, int queues) {
    brokers.topic(brokers.source, topic, queues);
    brokers.topic(brokers.target, topic, queues);
  }

  private static DirectFlow started(DirectFlow flow) {
    flow.start().toCompletableFuture().join();
    return flow;
  }

  private static void awaitNumbers(String topic, int from, int to) throws Exception {
    await().ignoreExceptions().until(() -> brokers.atTarget.size(topic) >= to - from);
    assertThat(brokers.atTarget.numbers(topic)).isEqualTo(range(from, to));
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }
}
