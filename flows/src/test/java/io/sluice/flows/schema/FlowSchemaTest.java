package io.sluice.flows.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.sluice.flows.Loading;
import io.sluice.flows.document.DocumentReader;
import io.sluice.flows.document.JsonTree;
import io.sluice.flows.document.Node;
import io.sluice.flows.finding.Findings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowSchemaTest {
  private final FlowSchema schema = new FlowSchema(Loading.CONNECTORS);
  private final JsonNode json = read(schema.json());
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private static JsonNode read(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void isASchema() {
    Schema metaSchema =
        registry.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    assertThat(metaSchema.validate(json)).isEmpty();
  }

  @Test
  void acceptsDocumentsInItsOwnSpelling() {
    Schema whole = registry.getSchema(json);

    for (Node document :
        new DocumentReader(new Findings()).read(Loading.resource("good/words.yaml"))) {
      assertThat(whole.validate(JsonTree.of(document))).isEmpty();
    }
  }

  @Test
  void rejectsUnknownKeysOfConnectors() {
    JsonNode flow =
        read(
            """
            { "kind": "EventFlow", "name": "x",
              "source": { "generator": { "count": 1, "size": 2 } },
              "sink": { "rocketmq": { "instance": "a", "topic": "t" } } }""");

    assertThat(registry.getSchema(json).validate(flow)).hasSize(1);
  }

  @Test
  void describesEveryProperty() {
    assertDescribed("", json);
  }

  private static void assertDescribed(String path, JsonNode node) {
    for (Map.Entry<String, JsonNode> property : node.path("properties").properties()) {
      boolean choice = path.endsWith("/if");
      // A block may have a key of this very name.
      boolean keys = path.endsWith("/properties") && !path.endsWith("/properties/properties");
      if (!choice && !keys) {
        assertThat(property.getValue().path("description").asText())
            .as(path + "/" + property.getKey())
            .isNotEmpty();
      }
    }
    node.properties()
        .forEach(child -> assertDescribed(path + "/" + child.getKey(), child.getValue()));
    if (node.isArray()) {
      node.forEach(child -> assertDescribed(path, child));
    }
  }

  @Test
  void theReferenceHasARowForEveryKey() {
    assertThat(schema.reference())
        .contains("## kind: Broker", "## kind: Instance", "## kind: EventFlow", "## filterPattern")
        .contains("## Connector `generator`", "### source: `rocketmq`", "### sink: `rocketmq`")
        .contains(
            "| `topics[].queues` | a whole number, between 1 and 1024 | `8` | Number of queues")
        .contains(
            "| `endpoints.public.nameServer` | text or a list |  | Addresses of the name servers")
        .contains("| `endpoints.public.proxy` | text or a list |  | Addresses of the proxies")
        .contains("| `acl.secretKey` | text | **required** |")
        .contains("| `status` | `RUNNING`, `PAUSED` | `RUNNING` |")
        .contains("| `tag` | text | `*` |")
        .doesNotContain("| `source.rocketmq");
  }
}
