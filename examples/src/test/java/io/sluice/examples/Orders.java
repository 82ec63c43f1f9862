package io.sluice.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Sample orders as {@code sluice tail} shows them. */
final class Orders {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Orders() {}

  /** Keys of all of them. */
  static Set<String> keys(List<JsonNode> records) {
    return records.stream()
        .map(record -> record.path("keys").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Keys of those that the example's tag and pattern let pass. */
  static Set<String> keysOfPaidAbove100(List<JsonNode> records) {
    return keys(records.stream().filter(Orders::passes).toList());
  }

  private static boolean passes(JsonNode record) {
    try {
      return Set.of("paid", "refunded").contains(record.path("tag").asText())
          && MAPPER.readTree(record.path("body").asText()).path("amount").asInt() > 100;
    } catch (JsonProcessingException e) {
      throw new AssertionError("not an order: " + record, e);
    }
  }
}
