package io.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.rocketmq.client.consumer.MessageSelector;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntegratedBrokerTest {
  @TempDir Path folder;

  private IntegratedBroker.Builder broker(String name) {
    return IntegratedBroker.builder(name).dataDir(folder.resolve(name));
  }

  @Test
  void carriesMessagesAsSoonAsItIsStarted() throws Exception {
    try (IntegratedBroker broker = broker("a").topic("orders", 4, TopicType.NORMAL).start();
        Client client = new Client(broker.nameServerAddress())) {
      client.send("orders", "one");
      client.send("orders", "two");
      assertThat(client.queues("orders")).isEqualTo(4);
      assertThat(client.read("orders")).containsExactlyInAnyOrder("one", "two");
    }
  }

  @Test
  void isAnInstanceToFlows() {
    try (IntegratedBroker broker = broker("cn.qingdao-1").region("cn-qingdao").start()) {
      assertThat(broker.instance())
          .isEqualTo(
              Instance.builder("cn.qingdao-1")
                  .version(Version.V5)
                  .region("cn-qingdao")
                  .nameServers(List.of(broker.nameServerAddress()))
                  .build());
      assertThat(broker.nameServerAddress()).startsWith("127.0.0.1:");
      assertThat(broker.brokerAddress()).startsWith("127.0.0.1:");
      assertThat(broker.dataDir()).isEqualTo(folder.resolve("cn.qingdao-1"));
    }
  }

  @Test
  void runsBesideOthersInOneProcess() throws Exception {
    List<String> names = List.of("a", "b", "c");
    List<IntegratedBroker> brokers =
        names.stream().map(name -> broker(name).topic("t", 2, TopicType.NORMAL).start()).toList();
    try {
      for (IntegratedBroker broker : brokers) {
        try (Client client = new Client(broker.nameServerAddress())) {
          client.send("t", "for " + broker.name());
        }
      }
      for (IntegratedBroker broker : brokers) {
        try (Client client = new Client(broker.nameServerAddress())) {
          assertThat(client.read("t")).containsExactly("for " + broker.name());
        }
      }
    } finally {
      brokers.forEach(IntegratedBroker::close);
    }
  }

  @Test
  void keepsMessagesTopicsAndOffsetsAcrossARestart() throws Exception {
    List<String> sent = IntStream.range(0, 100).mapToObj(i -> "message " + i).toList();
    try (IntegratedBroker broker = broker("a").topic("orders", 4, TopicType.NORMAL).start();
        Client client = new Client(broker.nameServerAddress())) {
      broker.createTopic("later", 3, TopicType.FIFO);
      for (String body : sent) {
        client.send("orders", body);
      }
      client.commitAll("orders");
    }
    try (IntegratedBroker broker = broker("a").start();
        Client client = new Client(broker.nameServerAddress())) {
      assertThat(client.read("orders")).containsExactlyInAnyOrderElementsOf(sent);
      assertThat(client.committed("orders")).isEqualTo(100);
      assertThat(client.queues("later")).isEqualTo(3);
      client.send("orders", "after");
      assertThat(client.read("orders")).hasSize(101).contains("after");
    }
    assertThat(folder.resolve("a/store/abort")).doesNotExist();
  }

  @Test
  void takesTheLargestMessage() throws Exception {
    try (IntegratedBroker broker = broker("a").topic("large", 1, TopicType.NORMAL).start();
        Client client = new Client(broker.nameServerAddress())) {
      String body = "x".repeat((4 << 20) - 1024);
      for (int i = 0; i < 20; i++) { // more than one commit log file
        client.send("large", body);
      }
      assertThat(client.read("large")).hasSize(20).allMatch(body::equals);
    }
  }

  @Test
  void createsNoTopicsByItself() {
    try (IntegratedBroker broker = broker("a").start();
        Client client = new Client(broker.nameServerAddress())) {
      assertThatThrownBy(() -> client.send("unknown", "x"))
          .isInstanceOf(MQClientException.class)
          .hasMessageContaining("No route info of this topic");
    }
  }

  @Test
  void filtersBySql() throws Exception {
    try (IntegratedBroker broker = broker("a").topic("t", 1, TopicType.NORMAL).start();
        Client client = new Client(broker.nameServerAddress())) {
      for (int i = 0; i < 10; i++) {
        Message message = new Message("t", ("" + i).getBytes());
        message.putUserProperty("n", "" + i);
        client.send(message);
      }
      // The client first wants to know the broker's version, which comes with its heartbeat.
      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreException(MQClientException.class)
          .untilAsserted(
              () ->
                  assertThat(client.read("t", MessageSelector.bySql("n > 7")))
                      .containsExactly("8", "9"));
    }
  }

  @Test
  void tellsTheMessageTypesOfItsTopics() throws Exception {
    IntegratedBroker.Builder builder = broker("a");
    for (TopicType type : TopicType.values()) {
      builder.topic("of-" + type, 1, type);
    }
    try (IntegratedBroker broker = builder.start()) {
      DefaultMQAdminExt admin = new DefaultMQAdminExt();
      admin.setNamesrvAddr(broker.nameServerAddress());
      admin.setInstanceName("admin-" + broker.nameServerAddress());
      admin.start();
      try {
        for (TopicType type : TopicType.values()) {
          assertThat(
                  admin
                      .examineTopicConfig(broker.brokerAddress(), "of-" + type)
                      .getTopicMessageType()
                      .getValue())
              .isEqualTo(type.name());
        }
      } finally {
        admin.shutdown();
      }
    }
  }

  @Test
  void deliversDelayedMessagesAtTheirTime() throws Exception {
    try (IntegratedBroker broker = broker("a").topic("later", 1, TopicType.DELAY).start();
        Client client = new Client(broker.nameServerAddress())) {
      Message message = new Message("later", "hello".getBytes());
      message.setDelayTimeMs(3_000);
      client.send(message);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(client.read("later")).containsExactly("hello"));
      MessageExt delivered = client.readMessages("later").get(0);
      // The timer wheel has steps of a second.
      assertThat(delivered.getStoreTimestamp() - delivered.getBornTimestamp()).isGreaterThan(1_500);
    }
  }

  @Test
  void widensATopicButTakesNoQueuesAway() throws Exception {
    try (IntegratedBroker broker = broker("a").topic("t", 2, TopicType.NORMAL).start();
        Client client = new Client(broker.nameServerAddress())) {
      broker.createTopic("t", 6, TopicType.NORMAL);
      assertThat(client.queues("t")).isEqualTo(6);
      broker.createTopic("t", 1, TopicType.NORMAL);
      assertThat(client.queues("t")).isEqualTo(6);
    }
  }

  @Test
  void keepsOnlyWhatIsNotExpired() {
    BrokerSettings settings =
        new BrokerSettings(
            "a",
            Optional.empty(),
            folder,
            "127.0.0.1",
            1,
            1,
            List.of(),
            Duration.ofMinutes(61),
            0,
            path -> Long.MAX_VALUE);
    try (DataDirectory data = DataDirectory.open(folder)) {
      RocketmqConfig config = new RocketmqConfig(settings, data, "127.0.0.1");
      assertThat(config.store().getFileReservedTime()).isEqualTo(2);
      assertThat(config.store().getDeleteWhen()).startsWith("0;1;").endsWith(";23");
    }
  }

  @Test
  void startsAndStopsAgainAndAgainAndLeavesNoThreads() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    for (int i = 0; i < 10; i++) {
      broker("a").topic("t", 1, TopicType.NORMAL).start().close();
      Set<String> left =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> !before.contains(thread) && !thread.isDaemon())
              .map(Thread::getName)
              // Netty's for the whole process: it ends by itself after a second.
              .filter(name -> !name.startsWith("globalEventExecutor"))
              .collect(Collectors.toSet());
      assertThat(left).isEmpty();
    }
  }

  @Test
  void canBeClosedTwice() {
    IntegratedBroker broker = broker("a").start();
    broker.close();
    broker.close();
  }

  @Test
  void writesItsLogsToTheDirectoryOfTheLongestRunning() throws Exception {
    IntegratedBroker first = broker("first").start();
    IntegratedBroker second = broker("second").start();
    try {
      assertThat(folder.resolve("first/logs/rocketmq.log")).isNotEmptyFile();
      assertThat(folder.resolve("second/logs/rocketmq.log")).doesNotExist();
      first.close();
      second.createTopic("logged", 1, TopicType.NORMAL);
      assertThat(Files.readString(folder.resolve("second/logs/rocketmq.log"))).contains("logged");
    } finally {
      first.close();
      second.close();
    }
  }

  @Test
  void listensOnItsTwoPortsOnly() throws Exception {
    Set<String> before = ListeningSockets.ofThisProcess();
    try (IntegratedBroker broker = broker("a").start()) {
      Set<String> opened = ListeningSockets.ofThisProcess();
      opened.removeAll(before);
      assertThat(opened)
          .containsExactlyInAnyOrder(broker.nameServerAddress(), broker.brokerAddress());
    }
  }

  @Test
  void writesNothingOutsideItsDataDirectory() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    try (BrokerProcess process = BrokerProcess.start(folder, folder.resolve("data"), home)) {
      String nameServer = process.awaitNameServer();
      try (Client client = new Client(nameServer)) {
        client.send("orders", "x");
      }
      assertThat(process.end()).isZero();
      assertThat(process.output()).isEmpty();
    }
    try (Stream<Path> written = Files.walk(home)) {
      assertThat(written).containsExactly(home);
    }
    try (Stream<Path> written = Files.list(folder)) {
      assertThat(written.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("home", "data", "output.txt", "ready.txt");
    }
  }
}
