package io.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.ErrorCodes;
import io.sluice.sdk.error.SluiceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerErrorTest {
  private static final long PLENTY = 1L << 40;

  @TempDir Path folder;

  private IntegratedBroker.Builder broker() {
    return IntegratedBroker.builder("a").dataDir(folder.resolve("a"));
  }

  private static void assertFails(ThrowingCallable call, BrokerError code, String place) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SluiceException.class,
            error -> {
              assertThat(error.code()).isEqualTo(code);
              assertThat(error.location().toString()).contains(place);
              assertThat(error.suggestion()).isNotBlank();
            });
  }

  private static void assertNothingRuns() {
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !thread.isDaemon() && thread.getThreadGroup() != null)
        // Netty's for the whole process: it ends by itself after a second.
        .filteredOn(thread -> !thread.getName().startsWith("globalEventExecutor"))
        .noneMatch(thread -> thread.getThreadGroup().getName().startsWith("sluice-broker"));
  }

  @Test
  void namesThePortThatIsInUse() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      assertFails(() -> broker().metadataPort(port).start(), BrokerError.PORT_IN_USE, ":" + port);
      assertFails(() -> broker().servicePort(port).start(), BrokerError.PORT_IN_USE, ":" + port);
    }
    broker().start().close();
  }

  @Test
  void namesAnAddressOfAnotherMachine() {
    assertFails(
        () -> broker().bindAddress("192.0.2.1").start(), BrokerError.ADDRESS_UNUSABLE, "192.0.2.1");
    assertFails(
        () -> broker().bindAddress("no.such.host.invalid").start(),
        BrokerError.ADDRESS_UNUSABLE,
        "no.such.host.invalid");
  }

  @Test
  void refusesADataDirectoryInUseByThisProcess() {
    try (IntegratedBroker first = broker().start()) {
      assertFails(
          () -> IntegratedBroker.builder("b").dataDir(first.dataDir()).start(),
          BrokerError.DATA_DIR_IN_USE,
          first.dataDir().toString());
    }
    broker().start().close();
  }

  @Test
  void refusesADataDirectoryInUseByAnotherProcess() throws Exception {
    Path data = folder.resolve("a");
    try (BrokerProcess other = BrokerProcess.start(folder, data, folder)) {
      other.awaitNameServer();
      assertFails(() -> broker().start(), BrokerError.DATA_DIR_IN_USE, data.toString());
    }
    broker().start().close();
  }

  @Test
  void refusesADataDirectoryThatCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertFails(
        () -> IntegratedBroker.builder("a").dataDir(file.resolve("a")).start(),
        BrokerError.DATA_DIR_UNWRITABLE,
        file.toString());
  }

  @Test
  void doesNotStartOnAFullDisk() {
    assertFails(
        () -> broker().usableBytes(path -> 100L << 20).start(),
        BrokerError.DISK_FULL,
        folder.resolve("a").toString());
    broker().start().close();
  }

  @Test
  void refusesWritesWhileTheDiskIsFull() throws Exception {
    AtomicLong usable = new AtomicLong(PLENTY);
    try (IntegratedBroker broker =
            broker().topic("t", 1, TopicType.NORMAL).usableBytes(path -> usable.get()).start();
        Client client = new Client(broker.nameServerAddress())) {
      client.send("t", "first");
      usable.set(1);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> client.send("t", "filling"))
                      .isInstanceOfSatisfying(
                          MQClientException.class,
                          refusal ->
                              assertThat(refusal.getResponseCode())
                                  .isEqualTo(ResponseCode.SERVICE_NOT_AVAILABLE)));
      assertThat(client.read("t")).contains("first");
      usable.set(PLENTY);
      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .until(() -> client.send("t", "again") != null);
    }
  }

  @Test
  void saysWhyATopicIsRefused() {
    try (IntegratedBroker broker = broker().topic("t", 1, TopicType.FIFO).start()) {
      String place = "broker a";
      assertFails(
          () -> broker.createTopic("no spaces", 1, TopicType.NORMAL),
          BrokerError.TOPIC_REFUSED,
          place);
      assertFails(
          () -> broker.createTopic("TBW102", 1, TopicType.NORMAL),
          BrokerError.TOPIC_REFUSED,
          place);
      assertFails(
          () -> broker.createTopic("t", 0, TopicType.FIFO), BrokerError.TOPIC_REFUSED, place);
      assertFails(
          () -> broker.createTopic("t", 1, TopicType.NORMAL),
          BrokerError.TOPIC_TYPE_DIFFERS,
          place);
    }
  }

  @Test
  void leavesNothingRunningWhenADeclaredTopicIsRefused() {
    assertFails(
        () -> broker().topic("no spaces", 1, TopicType.NORMAL).start(),
        BrokerError.TOPIC_REFUSED,
        "broker a");
    assertNothingRuns();
    broker().start().close();
  }

  @Test
  void doesNotStartOnDataThatItCannotRead() throws IOException {
    Path commitLog = Files.createDirectories(folder.resolve("a/store/commitlog"));
    Path cut = Files.write(commitLog.resolve("00000000000000000000"), new byte[100]);
    assertFails(() -> broker().start(), BrokerError.START_FAILED, folder.resolve("a").toString());
    assertNothingRuns();
    Files.delete(cut);
    broker().start().close();
  }

  @Test
  void publishesItsCodes() {
    assertThat(ServiceLoader.load(ErrorCodes.class).stream().map(ServiceLoader.Provider::get))
        .anySatisfy(
            codes ->
                assertThat(codes.codes())
                    .hasSize(BrokerError.values().length)
                    .extracting(ErrorCode::id)
                    .doesNotHaveDuplicates()
                    .allMatch(id -> id.matches("broker\\.[a-z-]+")));
  }
}
