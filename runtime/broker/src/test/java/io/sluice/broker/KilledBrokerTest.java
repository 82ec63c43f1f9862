package io.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledBrokerTest {
  private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 1_000;
  private static final int ROUNDS = 2;

  @TempDir Path folder;

  @Test
  void losesNoAcknowledgedMessageWhenItsProcessIsKilled() throws Exception {
    Path data = folder.resolve("data");
    List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
    for (int round = 0; round < ROUNDS; round++) {
      Path own = Files.createDirectory(folder.resolve("round-" + round));
      try (BrokerProcess process = BrokerProcess.start(own, data, own)) {
        String nameServer = process.awaitNameServer();
        CountDownLatch enough = new CountDownLatch(ACKNOWLEDGED_BEFORE_THE_KILL);
        Thread producer = produce(nameServer, "round " + round, acknowledged, enough);
        assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
        process.kill();
        producer.join();
      }
      assertThat(data.resolve("store/abort")).exists();
    }
    try (IntegratedBroker broker = IntegratedBroker.builder("child").dataDir(data).start();
        Client client = new Client(broker.nameServerAddress())) {
      List<String> stored = client.read("orders");
      assertThat(stored).doesNotHaveDuplicates().containsAll(acknowledged);
      client.send("orders", "goes on");
      assertThat(client.read("orders")).hasSize(stored.size() + 1).contains("goes on");
    }
  }

  /** Sends one message after the other until the first failure. */
  private static Thread produce(
      String nameServer, String name, List<String> acknowledged, CountDownLatch counter) {
    Thread producer =
        new Thread(
            () -> {
              try (Client client = new Client(nameServer)) {
                for (int i = 0; ; i++) {
                  String body = name + " message " + i;
                  client.send("orders", body);
                  acknowledged.add(body);
                  counter.countDown();
                }
              } catch (Exception killed) {
                // As expected.
              }
            });
    producer.start();
    return producer;
  }
}
