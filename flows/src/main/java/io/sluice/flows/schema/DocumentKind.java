package io.sluice.flows.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a document of a flow file declares. */
public enum DocumentKind {
  BROKER("Broker", "broker.json"),
  INSTANCE("Instance", "instance.json"),
  EVENT_FLOW("EventFlow", "event-flow.json"),
  EVENT_BUS("EventBus", "event-bus.json"),
  FLOW_TESTS("FlowTests", "flow-tests.json");

  private final String text;
  private final String resource;

  DocumentKind(String text, String resource) {
    this.text = text;
    this.resource = resource;
  }

  /** As written after {@code kind:}. */
  public String text() {
    return text;
  }

  String resource() {
    return resource;
  }

  /** The kind of a text, without regard to case. */
  static Optional<DocumentKind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text.equalsIgnoreCase(text)).findFirst();
  }

  static List<String> texts() {
    return Arrays.stream(values()).map(DocumentKind::text).toList();
  }
}
