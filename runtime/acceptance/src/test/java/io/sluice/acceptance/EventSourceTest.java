package io.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.broker.IntegratedBroker;
import io.sluice.broker.TopicType;
import io.sluice.cli.Connectors;
import io.sluice.cli.message.DirectAccess;
import io.sluice.cli.message.MessageTail;
import io.sluice.cli.message.TailStart;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.testkit.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources of events, while the runtime is killed. */
class EventSourceTest {
  private static final int KILLS = 3;
  private static final int CALLERS = 4;
  private static final Pattern BODY = Pattern.compile("\"body\":(\\d+)");

  @TempDir private static Path folder;
  private static IntegratedBroker broker;

  private final int port = FreePorts.one();

  @BeforeAll
  static void startBroker() {
    broker =
        IntegratedBroker.builder("trial")
            .dataDir(folder.resolve("broker"))
            .topic("orders", 1, TopicType.NORMAL)
            .topic("ticks", 1, TopicType.NORMAL)
            .start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void whatACallerWasToldIsStoredIsStored() throws Exception { // I1, I3
    Path flow =
        file(
            "orders",
            """
            kind: EventBus
            name: shop
            instance: trial
            topic: orders
            queues: 1
            sources:
              - name: web
                source: { http: { port: %d } }
            """
                .formatted(port));
    Queue<Integer> acknowledged = new ConcurrentLinkedQueue<>();
    AtomicInteger sent = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try (Stored stored = new Stored("orders", EventSourceTest::number)) {
      for (int caller = 0; caller < CALLERS; caller++) {
        callers.execute(() -> call(sent, acknowledged, over));
      }
      for (int kill = 1; kill <= KILLS; kill++) {
        int before = acknowledged.size();
        try (Runtime runtime = Runtime.start(flow, folder.resolve("data"))) {
          await().atMost(Duration.ofMinutes(2)).until(() -> acknowledged.size() > before + 100);
          runtime.kill();
        }
      }
      over.set(true);
      callers.shutdown();
      assertThat(callers.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(stored.values()).containsAll(acknowledged));
      assertThat(stored.values()).as("each once").doesNotHaveDuplicates();
    }
  }

  private void call(AtomicInteger sent, Queue<Integer> acknowledged, AtomicBoolean over) {
    HttpClient client = HttpClient.newHttpClient();
    URI address = URI.create("http://127.0.0.1:" + port + "/");
    while (!over.get()) {
      int number = sent.incrementAndGet();
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .POST(BodyPublishers.ofString(Integer.toString(number)))
              .timeout(Duration.ofSeconds(30))
              .build();
      try {
        if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          acknowledged.add(number);
        }
      } catch (IOException killed) {
        Thread.onSpinWait();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static int number(DetachedRecord record) {
    Matcher body = BODY.matcher(StandardCharsets.UTF_8.decode(record.body()));
    assertThat(body.find()).isTrue();
    return Integer.parseInt(body.group(1));
  }

  @Test
  void everyDueTimeHasOneEvent() throws Exception { // I1, I2, I3
    Path flow =
        file(
            "ticks",
            """
            kind: EventFlow
            name: clock
            source: { schedule: { schedule: "* * * * * *", misfire: ALL } }
            sink: { rocketmq: { instance: trial, topic: ticks } }
            """);
    try (Stored stored =
        new Stored(
            "ticks",
            record ->
                (int)
                    Instant.parse(record.userProperty("CE_time").orElseThrow()).getEpochSecond())) {
      for (int run = 0; run <= KILLS; run++) {
        int before = stored.values().size();
        try (Runtime runtime = Runtime.start(flow, folder.resolve("data"))) {
          await().atMost(Duration.ofMinutes(2)).until(() -> stored.values().size() >= before + 3);
          runtime.kill();
        }
      }
      TreeSet<Integer> times = new TreeSet<>(stored.values());
      assertThat(stored.values()).as("each once").doesNotHaveDuplicates();
      assertThat(times).as("none left out").hasSize(times.last() - times.first() + 1);
    }
  }

  private static Path file(String name, String document) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        kind: Instance
        name: trial
        endpoints: { private: { nameServer: "%s" } }
        ---
        """
                .formatted(broker.nameServerAddress())
            + document);
  }

  /** What a topic holds, read while it comes. */
  private static final class Stored implements AutoCloseable {
    private final List<Integer> values = new CopyOnWriteArrayList<>();
    private final DirectAccess access;
    private final MessageTail tail;
    private final CompletableFuture<Void> end;

    private Stored(String topic, Function<DetachedRecord, Integer> value) {
      access = new DirectAccess(Connectors.all(), broker.instance(), topic);
      tail = access.tail(TailStart.parse("first"));
      end =
          CompletableFuture.runAsync(
              () ->
                  tail.follow(
                      (partition, record) -> values.add(value.apply(record.detach())),
                      warning -> {}));
    }

    private List<Integer> values() {
      assertThat(end).as("the reader of the topic").isNotCompletedExceptionally();
      return values;
    }

    @Override
    public void close() {
      tail.stop();
      end.join();
      access.close();
    }
  }
}
