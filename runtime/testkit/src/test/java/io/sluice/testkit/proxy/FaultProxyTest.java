package io.sluice.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.testkit.MessageLoad;
import io.sluice.testkit.MirrorCheck;
import io.sluice.testkit.MirrorReport;
import io.sluice.testkit.ReleasedServers;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.header.GetMaxOffsetRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.SendMessageRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.namesrv.GetRouteInfoRequestHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class FaultProxyTest {
  @TempDir static Path directory;
  private static ReleasedServers servers;

  private FaultProxy proxy;
  private String broker;
  private String topic;

  @BeforeAll
  static void start() {
    servers = ReleasedServers.start("5.5.0", "shanghai", directory, Map.of());
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @BeforeEach
  void putTheProxyBefore(TestInfo test) {
    proxy = FaultProxy.before(servers.nameServer());
    broker = proxy.broker(servers.brokerAddress());
    topic = test.getTestMethod().orElseThrow().getName();
    servers.createTopic(topic, 1);
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  @Test
  void showsItselfInPlaceOfTheBroker() throws Exception {
    try (RemotingConnection nameServer = new RemotingConnection(proxy.nameServer())) {
      for (boolean standardJson : new boolean[] {true, false}) {
        GetRouteInfoRequestHeader header = new GetRouteInfoRequestHeader();
        header.setTopic(topic);
        header.setAcceptStandardJsonOnly(standardJson);

        assertThat(
                body(
                    nameServer.call(
                        RemotingCommand.createRequestCommand(
                            RequestCode.GET_ROUTEINFO_BY_TOPIC, header))))
            .contains('"' + broker + '"')
            .doesNotContain(servers.brokerAddress());
      }
      assertThat(
              body(
                  nameServer.call(
                      RemotingCommand.createRequestCommand(
                          RequestCode.GET_BROKER_CLUSTER_INFO, null))))
          .contains('"' + broker + '"')
          .doesNotContain(servers.brokerAddress());
    }
  }

  @Test
  void passesEveryByte() {
    servers.createTopic("direct", 1);
    proxy.latency(Duration.ofMillis(5));
    MessageLoad.of(42).messages(2_000).run(proxy.nameServer(), topic);
    MessageLoad.of(42).messages(2_000).run(servers.nameServer(), "direct");

    assertThat(MirrorCheck.between(servers.nameServer(), "direct", proxy.nameServer(), topic).run())
        .matches(MirrorReport::isExact);
  }

  @Test
  void delaysBothDirections() throws Exception {
    try (RemotingConnection connection = new RemotingConnection(broker)) {
      connection.call(maxOffset());
      proxy.latency(Duration.ofMillis(150));
      long start = System.nanoTime();
      connection.call(maxOffset());

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
    }
  }

  @Test
  void keepsToItsBandwidth() throws Exception {
    try (RemotingConnection connection = new RemotingConnection(broker)) {
      proxy.bandwidth(200_000);
      long start = System.nanoTime();
      connection.call(send(100_000));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(500));
      proxy.unlimitedBandwidth();
      assertThat(connection.call(send(100_000)).getCode()).isEqualTo(ResponseCode.SUCCESS);
    }
  }

  @Test
  void refusesWhileItIsCut() throws Exception {
    try (RemotingConnection before = new RemotingConnection(broker)) {
      before.call(maxOffset());
      proxy.cut();
      assertThatThrownBy(() -> before.call(maxOffset())).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> new RemotingConnection(broker)).isInstanceOf(ConnectException.class);
      assertThatThrownBy(() -> new RemotingConnection(proxy.nameServer()))
          .isInstanceOf(ConnectException.class);
    }
    proxy.heal();
    try (RemotingConnection after = new RemotingConnection(broker)) {
      assertThat(after.call(maxOffset()).getCode()).isEqualTo(ResponseCode.SUCCESS);
    }
  }

  @Test
  void keepsStalledRequestsUntilItIsHealed() throws Exception {
    try (RemotingConnection connection = new RemotingConnection(broker)) {
      proxy.stall(Direction.TO_SERVERS);
      connection.send(send(100));
      assertThat(connection.isSilent()).isTrue();
      assertThat(servers.messages(topic)).isZero();
      proxy.heal();
      assertThat(connection.receive().getCode()).isEqualTo(ResponseCode.SUCCESS);
    }
  }

  @Test
  void keepsStalledAnswersUntilItIsHealed() throws Exception {
    try (RemotingConnection connection = new RemotingConnection(broker)) {
      proxy.stall(Direction.TO_CLIENTS);
      connection.send(send(100));
      await().until(() -> servers.messages(topic) == 1);
      assertThat(connection.isSilent()).isTrue();
      proxy.heal();
      assertThat(connection.receive().getCode()).isEqualTo(ResponseCode.SUCCESS);
    }
  }

  @Test
  void losesAnswersToWhatIsDone() throws Exception {
    try (RemotingConnection connection = new RemotingConnection(broker)) {
      proxy.dropAnswers();
      connection.send(send(100));
      await().until(() -> servers.messages(topic) == 1);
      assertThat(connection.isSilent()).isTrue();
      proxy.heal();
      assertThatThrownBy(connection::receive).isInstanceOf(IOException.class);
    }
  }

  @Test
  void closesAmidAFrame() throws Exception {
    try (RemotingConnection before = new RemotingConnection(broker)) {
      before.call(maxOffset());
      proxy.closeAfter(Direction.TO_CLIENTS, 7);
      before.send(maxOffset());
      assertThat(before.rest()).hasSize(7);
    }
    try (RemotingConnection after = new RemotingConnection(broker)) {
      after.send(maxOffset());
      assertThat(after.rest()).hasSize(7);
    }
    proxy.closeAfter(Direction.TO_SERVERS, 50);
    try (RemotingConnection connection = new RemotingConnection(broker)) {
      connection.send(send(100));
      assertThat(connection.rest()).isEmpty();
      assertThat(servers.messages(topic)).isZero();
    }
  }

  private static String body(RemotingCommand answer) {
    assertThat(answer.getCode()).isEqualTo(ResponseCode.SUCCESS);
    return new String(answer.getBody(), StandardCharsets.UTF_8);
  }

  private RemotingCommand maxOffset() {
    GetMaxOffsetRequestHeader header = new GetMaxOffsetRequestHeader();
    header.setTopic(topic);
    header.setQueueId(0);
    return RemotingCommand.createRequestCommand(RequestCode.GET_MAX_OFFSET, header);
  }

  private RemotingCommand send(int bytes) {
    SendMessageRequestHeader header = new SendMessageRequestHeader();
    header.setProducerGroup("testkit");
    header.setTopic(topic);
    header.setDefaultTopic("TBW102");
    header.setDefaultTopicQueueNums(1);
    header.setQueueId(0);
    header.setSysFlag(0);
    header.setBornTimestamp(System.currentTimeMillis());
    header.setFlag(0);
    header.setProperties("");
    RemotingCommand request =
        RemotingCommand.createRequestCommand(RequestCode.SEND_MESSAGE, header);
    request.setBody(new byte[bytes]);
    return request;
  }
}
