package io.sluice.flows.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.NodePath;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.model.BrokerSpec;
import io.sluice.flows.model.TopicSpec;
import io.sluice.flows.model.TopicSpec.MessageType;
import io.sluice.flows.schema.CheckedDocument;
import io.sluice.flows.schema.FlowSchema;
import io.sluice.sdk.error.Location.InFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Binds {@code kind: Broker}. */
public final class BrokerBinder {
  private static final Duration SHORTEST_RETENTION = Duration.ofHours(1);
  private static final Duration LONGEST_RETENTION = Duration.ofHours(720);

  private static final NodePath METADATA = NodePath.of("listeners", "private", "metadata");
  private static final NodePath SERVICE = NodePath.of("listeners", "private", "service");
  private static final NodePath DATA_DIR = NodePath.of("dataDir");
  private static final NodePath RETENTION = NodePath.of("retention");
  private static final NodePath TOPICS = NodePath.of("topics");

  private final FlowSchema schema;
  private final Findings findings;

  public BrokerBinder(FlowSchema schema, Findings findings) {
    this.schema = schema;
    this.findings = findings;
  }

  /** The broker that a sound document declares; empty if something is wrong after all. */
  public Optional<BoundBroker> bind(CheckedDocument document) {
    int before = findings.errors();
    ObjectNode filled = schema.filled(document, NodePath.ROOT);
    JsonNode listeners = filled.path("listeners").path("private");
    Mention name = Mention.of((Scalar) document.root().get("name").orElseThrow());
    BrokerSpec spec =
        new BrokerSpec(
            name.value(),
            Optional.ofNullable(filled.path("region").textValue()),
            dataDir(document),
            filled.path("bindAddress").asText(),
            listeners.path("metadata").asInt(),
            listeners.path("service").asInt(),
            topics(document, filled.path("topics")),
            retention(document, filled.path("retention").asText()),
            document.root().place());
    return findings.errors() > before
        ? Optional.empty()
        : Optional.of(
            new BoundBroker(
                spec,
                name,
                METADATA.namedIn(document.root()),
                SERVICE.namedIn(document.root()),
                DATA_DIR.namedIn(document.root())));
  }

  private Optional<Path> dataDir(CheckedDocument document) {
    InFile place = document.root().place();
    return DATA_DIR
        .in(document.root())
        .flatMap(
            node -> {
              try {
                Path file = Path.of(place.file()).toAbsolutePath();
                return Optional.of(file.resolveSibling(((Scalar) node).text()).normalize());
              } catch (InvalidPathException e) {
                findings.error(
                    FlowError.MALFORMED_VALUE,
                    node.place(),
                    "'dataDir' is not a path that this system accepts",
                    "Write a path such as ./data/qingdao.");
                return Optional.empty();
              }
            });
  }

  private List<TopicSpec> topics(CheckedDocument document, JsonNode topics) {
    List<TopicSpec> specs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int index = 0; index < topics.size(); index++) {
      TopicSpec spec = topic(topics.path(index));
      if (!names.add(spec.name())) {
        NodePath item = TOPICS.then(index);
        Scalar name =
            (Scalar) item.then("name").in(document.root()).or(() -> item.in(document.root())).get();
        findings.error(
            FlowError.DUPLICATE_NAME,
            name.place(),
            "topic '" + name.shown() + "' stands twice in this broker",
            "Remove one of the two.");
      }
      specs.add(spec);
    }
    return specs;
  }

  private TopicSpec topic(JsonNode topic) {
    ObjectNode filled = schema.topic(topic);
    return new TopicSpec(
        filled.path("name").asText(),
        filled.path("queues").asInt(),
        MessageType.valueOf(filled.path("type").asText()));
  }

  private Duration retention(CheckedDocument document, String text) {
    Duration retention = DurationText.parse(text);
    if (retention.compareTo(SHORTEST_RETENTION) < 0 || retention.compareTo(LONGEST_RETENTION) > 0) {
      Scalar written = (Scalar) RETENTION.in(document.root()).orElseThrow();
      findings.error(
          FlowError.OUT_OF_RANGE,
          written.place(),
          "'retention' is '" + written.shown() + "', but must be between 1h and 720h (30d)",
          "Messages are kept for 48h when nothing is said.");
    }
    return retention;
  }
}
