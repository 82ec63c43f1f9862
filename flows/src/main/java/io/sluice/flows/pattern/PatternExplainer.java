package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.flows.document.JsonTree;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.event.EventShape;
import io.sluice.flows.event.MessageBody;
import io.sluice.flows.event.WholeEvent;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.pattern.PatternExplanation.Choice;
import io.sluice.flows.pattern.PatternExplanation.Condition;
import io.sluice.flows.pattern.PatternExplanation.Field;
import io.sluice.flows.pattern.PatternExplanation.Part;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.record.Record;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a pattern apart and matches each field, and each condition, as a pattern of its own. For
 * one record.
 */
final class PatternExplainer {
  private final SourceDescription source;
  private final Record record;
  private final JsonNode event;

  PatternExplainer(SourceDescription source, Record record) {
    this.source = source;
    this.record = record;
    this.event = new WholeEvent(source).of(record);
  }

  /** The parts of a pattern that is valid as a whole. */
  List<Part> parts(Mapping pattern) {
    return parts(pattern, List.of());
  }

  private List<Part> parts(Mapping block, List<Entry> above) {
    List<Part> parts = new ArrayList<>();
    for (Entry entry : block.entries()) {
      List<Entry> path = new ArrayList<>(above);
      path.add(entry);
      if (entry.key().equals(Alternatives.OR)) {
        parts.add(choice(entry, above));
      } else if (entry.value() instanceof Mapping inner) {
        parts.addAll(parts(inner, path));
      } else {
        parts.add(field(path, (Sequence) entry.value()));
      }
    }
    return parts;
  }

  private Part choice(Entry or, List<Entry> above) {
    List<List<Part>> alternatives = new ArrayList<>();
    boolean matches = false;
    for (Node alternative : ((Sequence) or.value()).items()) {
      alternatives.add(parts((Mapping) alternative, above));
      matches |= matches(above, alternative);
    }
    return new Choice(alternatives, matches);
  }

  private Part field(List<Entry> path, Sequence list) {
    List<Condition> conditions =
        list.items().stream()
            .map(
                item ->
                    new Condition(
                        JsonTree.shown(item).toString(),
                        matches(path, new Sequence(item.place(), List.of(item)))))
            .toList();
    List<String> keys = path.stream().map(Entry::key).toList();
    return new Field(String.join(".", keys), values(keys), conditions, matches(path, list));
  }

  /** Whether what stands at the end of a path matches, with nothing beside it. */
  private boolean matches(List<Entry> path, Node end) {
    Node node = end;
    for (int index = path.size() - 1; index >= 0; index--) {
      Entry step = path.get(index);
      node = new Mapping(step.place(), List.of(new Entry(step.key(), step.place(), node)));
    }
    return EventPattern.compile(node, source, new Findings())
        .map(pattern -> pattern.test(record))
        .orElseThrow();
  }

  private List<String> values(List<String> keys) {
    boolean body = keys.equals(List.of(EventShape.DATA, EventShape.BODY));
    if (body && event.path(EventShape.DATA).has(EventShape.SYSTEM_PROPERTIES)) {
      return MessageBody.text(record.body()).map(TextNode::valueOf).stream()
          .map(JsonNode::toString)
          .toList();
    }
    return FieldPlaces.values(event, String.join(".", keys)).stream()
        .map(JsonNode::toString)
        .toList();
  }
}
