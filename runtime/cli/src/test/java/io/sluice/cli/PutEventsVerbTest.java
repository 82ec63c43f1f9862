package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.broker.IntegratedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PutEventsVerbTest {
  @TempDir private static Path folder;
  private static IntegratedBroker broker;

  private final Call call = new Call();

  @BeforeAll
  static void startBroker() {
    broker = TrialFlows.broker(folder).start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static Path bus(String name, String nameServer) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        kind: Instance
        name: trial
        endpoints: { private: { nameServer: "%s" } }
        ---
        kind: EventBus
        name: %s
        instance: trial
        rules:
          - name: all
            filterPattern: {}
            targets:
              - id: copy
                sink: { rocketmq: { instance: trial, topic: copy } }
        """
            .formatted(nameServer, name));
  }

  private int put(String bus, String events, String... options) throws IOException {
    return put(bus(bus, broker.nameServerAddress()), bus, events, options);
  }

  private int put(Path flows, String bus, String events, String... options) {
    String[] words = new String[6 + options.length];
    List.of("put-events", bus, "--flows", flows.toString(), "--file", "-").toArray(words);
    System.arraycopy(options, 0, words, 6, options.length);
    return call.reading(events).run(words);
  }

  /** What the bus holds. */
  private static List<JsonNode> stored(String bus, int count) {
    Call tail = new Call();
    assertThat(
            tail.run(
                "tail",
                "--instance",
                broker.nameServerAddress(),
                "--topic",
                "eventbus-" + bus,
                "--from",
                "first",
                "--limit",
                Integer.toString(count),
                "--json"))
        .as(tail.out())
        .isZero();
    return tail.json().subList(0, count);
  }

  @Test
  void putsEventsOneAfterTheOther() throws IOException {
    int status =
        put(
            "plain",
            """
            {"id": "a", "source": "shop", "type": "order.paid", "data": {"amount": 300.0}}
            {"id": "b", "source": "shop", "type": "order.paid", "region": "north"}
            """);

    assertThat(status).as(call.err()).isZero();
    assertThat(call.out().lines())
        .containsExactly("a  stored", "b  stored", "2 events stored on plain.");
    List<JsonNode> stored = stored("plain", 2);
    assertThat(stored.get(0).path("body").asText()).isEqualTo("{\"amount\":300.0}");
    assertThat(stored.get(0).at("/properties/CE_type").asText()).isEqualTo("order.paid");
    assertThat(stored.get(0).at("/properties/CE_contenttype").asText())
        .isEqualTo("application/json");
    assertThat(stored.get(0).at("/properties/CE_time").asText()).isNotEmpty();
    assertThat(stored.get(1).at("/properties/CE_region").asText()).isEqualTo("north");
  }

  @Test
  void answersForEachEventOfAList() throws IOException {
    int status =
        put(
            "list",
            """
            [{"id": "a", "source": "shop", "type": "t"},
             {"id": "b", "source": "shop"},
             "c",
             {"id": "d", "source": "shop", "type": "t", "data_base64": "%%"},
             {"id": "e", "source": "shop", "type": "t", "data_base64": "AP8="}]
            """,
            "--json");

    assertThat(status).isEqualTo(1);
    assertThat(call.json().stream().limit(5).map(line -> line.path("errorCode").asText()))
        .containsExactly("", "event.invalid", "event.invalid", "event.invalid", "");
    assertThat(call.json().stream().limit(5).map(line -> line.path("entry").asInt()))
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(call.envelope().at("/result/entries").asInt()).isEqualTo(5);
    assertThat(call.envelope().at("/result/failedEntryCount").asInt()).isEqualTo(3);
    assertThat(call.envelope().at("/error/code").asText()).isEqualTo("command.events-not-put");
    assertThat(stored("list", 2)).hasSize(2);
  }

  @Test
  void makesAsManyCallsAsItNeeds() throws IOException {
    String events =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    "{\"source\": \"shop\", \"type\": \"t\", \"data\": \"%s\"}"
                        .formatted("x".repeat(i % 3 == 0 ? 200_000 : 10)))
            .collect(Collectors.joining("\n"));

    assertThat(put("many", events)).as(call.err()).isZero();
    assertThat(call.out()).endsWith("100 events stored on many." + System.lineSeparator());
    assertThat(stored("many", 100)).hasSize(100);
  }

  @Test
  void whatIsNoJsonIsNamedAndWhatStoodBeforeItIsPut() throws IOException {
    int status =
        put(
            "half",
            "{\"id\": \"a\", \"source\": \"shop\", \"type\": \"t\"}\n{\"id\": b}",
            "--json");

    assertThat(status).isEqualTo(2);
    assertThat(call.envelope().at("/error/code").asText()).isEqualTo("command.event-file-invalid");
    assertThat(call.envelope().at("/error/line").asInt()).isEqualTo(2);
    assertThat(call.envelope().at("/result/entries").asInt()).isEqualTo(1);
    assertThat(stored("half", 1)).hasSize(1);
  }

  @Test
  void aBusThatThereIsNotIsSaid() throws IOException {
    Path flows = bus("present", broker.nameServerAddress());

    assertThat(put(flows, "absent", "{}")).isEqualTo(2);
    assertThat(call.err()).contains("[command.unknown-bus]").contains("There are present.");
  }

  @Test
  void aBusThatCannotBeReachedStoresNothing() throws IOException {
    Path flows = bus("away", "127.0.0.1:1");

    assertThat(put(flows, "away", "{\"source\": \"shop\", \"type\": \"t\"}")).isEqualTo(1);
    assertThat(call.out()).contains("[event.not-stored]").contains("0 events stored on away.");
  }

  @Test
  void aFileThatCannotBeReadIsSaid() throws IOException {
    Path flows = bus("present", broker.nameServerAddress());
    int status =
        call.run(
            "put-events",
            "present",
            "--flows",
            flows.toString(),
            "--file",
            folder.resolve("absent.json").toString());

    assertThat(status).isEqualTo(3);
    assertThat(call.err()).contains("[command.event-file-unreadable]").contains("no such file");
  }
}
