package io.sluice.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where an integrated broker listens, written to {@code endpoint.json} in its folder while it runs,
 * so that other processes reach it by its name even on ports that were free by chance.
 *
 * @param name name of the broker
 * @param nameServer address of its name server, {@code host:port}
 * @param broker address of the broker itself, {@code host:port}
 */
public record BrokerEndpoint(String name, String nameServer, String broker) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Writes it into {@code brokers/NAME/}; readers see all of it or nothing. */
  void write(Path brokers) throws IOException {
    Path file = file(brokers, name);
    Files.createDirectories(file.getParent());
    ObjectNode node = MAPPER.createObjectNode();
    node.put("name", name).put("nameServer", nameServer).put("broker", broker);
    Path draft = file.resolveSibling("endpoint.json.draft");
    Files.writeString(draft, node.toPrettyString() + "\n");
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes what {@link #write} wrote. */
  void remove(Path brokers) throws IOException {
    Files.deleteIfExists(file(brokers, name));
  }

  /**
   * What a run has left for others; a run that was killed leaves a stale one.
   *
   * @return empty if there is none, or none that can be read
   */
  public static Optional<BrokerEndpoint> read(Path brokers, String name) {
    try {
      JsonNode node = MAPPER.readTree(Files.readString(file(brokers, name)));
      String nameServer = node.path("nameServer").asText();
      return nameServer.isEmpty()
          ? Optional.empty()
          : Optional.of(new BrokerEndpoint(name, nameServer, node.path("broker").asText()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Path file(Path brokers, String name) {
    return brokers.resolve(name).resolve("endpoint.json");
  }
}
