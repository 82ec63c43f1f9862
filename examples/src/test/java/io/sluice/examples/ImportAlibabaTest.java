package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.broker.IntegratedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportAlibabaTest {
  private static final Path DOCUMENT = Path.of("import-alibaba/eventbridge/stream.json");
  private static final Path FLOWS = Path.of("import-alibaba/flows.yaml");

  @TempDir private Path folder;

  @Test
  void theFlowFileIsWhatTheDocumentBecomes() {
    JsonNode result =
        Command.start(Map.of(), "import", "alibaba", DOCUMENT.toString()).end().path("result");

    assertThat(FLOWS).hasContent(result.path("flow").asText());
    assertThat(result.path("notImported").findValuesAsText("field"))
        .containsExactly("RunOptions.BusinessOption", "Tags");
  }

  @Test
  void theFlowFileIsValid() {
    JsonNode result =
        Command.start(
                Map.of(
                    "RMQ_CN_SHOP_NAME_SERVER", "127.0.0.1:9876",
                    "RMQ_CN_WAREHOUSE_NAME_SERVER", "127.0.0.1:9877"),
                "validate",
                "--strict",
                FLOWS.toString())
            .end()
            .path("result");

    assertThat(result.path("flows").asInt()).isEqualTo(1);
  }

  @Test
  void theFlowMovesWhatTheStreamWould() throws IOException {
    try (IntegratedBroker shop = broker("shop");
        IntegratedBroker warehouse = broker("warehouse")) {
      Map<String, String> environment =
          Map.of(
              "RMQ_CN_SHOP_NAME_SERVER", shop.nameServerAddress(),
              "RMQ_CN_WAREHOUSE_NAME_SERVER", warehouse.nameServerAddress());
      Path orders =
          Files.writeString(
              folder.resolve("orders.jsonl"),
              """
              {"key": "a", "tag": "paid", "body": {"order": 1, "amount": 250}}
              {"key": "b", "tag": "paid", "body": {"order": 2, "amount": 90}}
              {"key": "c", "tag": "created", "body": {"order": 3, "amount": 250}}
              """);
      Command.start(
              environment,
              "send",
              "--instance",
              shop.nameServerAddress(),
              "--topic",
              "orders",
              "--file",
              orders.toString())
          .end();
      Command.start(
              environment,
              "run",
              "import-alibaba",
              "--data-dir",
              folder.resolve("data").toString(),
              "--exit-when-idle",
              "2s")
          .end();

      List<JsonNode> arrived =
          Command.events(
              environment,
              "tail",
              "--instance",
              warehouse.nameServerAddress(),
              "--topic",
              "shipments",
              "--from",
              "first",
              "--limit",
              "1");
      assertThat(arrived.get(0).path("body").asText())
          .isEqualTo("{\"order\":1,\"worth\":\"250 CNY\"}");
      assertThat(arrived.get(0).path("keys").asText()).isEqualTo("a");
      assertThat(arrived.get(0).path("tag").asText()).isEqualTo("ship");
    }
  }

  private IntegratedBroker broker(String name) {
    return IntegratedBroker.builder(name).dataDir(folder.resolve(name)).start();
  }
}
