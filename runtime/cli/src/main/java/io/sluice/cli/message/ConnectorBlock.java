package io.sluice.cli.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.sluice.sdk.connector.SinkType;
import io.sluice.sdk.connector.SourceType;
import io.sluice.sdk.error.SluiceException;
import java.util.Map;

/**
 * The configuration of a connector, made from keys that the command chooses instead of a block of a
 * flow file; the rest is what the connector's schema gives as defaults.
 */
final class ConnectorBlock {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private ConnectorBlock() {}

  static <C extends java.lang.Record> C of(SourceType<C> type, Map<String, Object> keys) {
    return bind(type.configuration(), type.schema(), keys);
  }

  static <C extends java.lang.Record> C of(SinkType<C> type, Map<String, Object> keys) {
    return bind(type.configuration(), type.schema(), keys);
  }

  private static <C> C bind(Class<C> configuration, String schema, Map<String, Object> keys) {
    try {
      ObjectNode block = MAPPER.createObjectNode();
      for (Map.Entry<String, JsonNode> property :
          MAPPER.readTree(schema).path("properties").properties()) {
        if (property.getValue().has("default")) {
          block.set(property.getKey(), property.getValue().get("default"));
        }
      }
      keys.forEach((key, value) -> block.set(key, MAPPER.valueToTree(value)));
      return MAPPER.treeToValue(block, configuration);
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof SluiceException complaint) {
        throw complaint;
      }
      throw new IllegalStateException("a connector does not accept its own defaults", e);
    }
  }
}
