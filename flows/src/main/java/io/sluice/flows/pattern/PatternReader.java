package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.event.EventShape;
import io.sluice.flows.finding.Findings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads an event pattern, reports what event-ruler would reject or silently never match, and writes
 * it down in event-ruler's own form. For one pattern.
 */
final class PatternReader {
  /**
   * Stars in the wildcards of one field. The time to match a text grows with each. (event-ruler's
   * own measure of complexity takes exponential time to compute.)
   */
  private static final int MOST_STARS = 64;

  private final EventShape shape;
  private final Findings findings;
  private final Conditions conditions;
  private final Set<EventField> fields = new HashSet<>();
  private final Map<String, Integer> stars = new HashMap<>();

  PatternReader(EventShape shape, Findings findings) {
    this.shape = shape;
    this.findings = findings;
    this.conditions = new Conditions(shape, findings);
  }

  /** The pattern in event-ruler's form; of use only if no error was reported. */
  ObjectNode read(Mapping pattern) {
    if (Alternatives.combinations(pattern) > Alternatives.MOST) {
      findings.error(
          FlowError.COSTLY_PATTERN,
          pattern.place(),
          "the alternatives of $or make more than " + Alternatives.MOST + " combinations",
          "Write alternatives of one field as one list of values.");
      return JsonNodeFactory.instance.objectNode();
    }
    return block(pattern, List.of(), new HashSet<>(), false);
  }

  /** The fields that the pattern names, with those of all alternatives. */
  Set<EventField> fields() {
    return Set.copyOf(fields);
  }

  /**
   * @param named fields that the same combination names already; grows
   */
  private ObjectNode block(Mapping block, List<String> path, Set<String> named, boolean inOr) {
    ObjectNode rule = JsonNodeFactory.instance.objectNode();
    if (block.entries().isEmpty()) {
      bad(block, words(path) + " has no conditions", "Remove it, or name what must match.");
    }
    for (Entry entry : block.entries()) {
      if (entry.key().equals(Alternatives.OR)) {
        rule.set(Alternatives.OR, or(entry, path, named));
      } else {
        List<String> longer = new ArrayList<>(path);
        longer.add(entry.key());
        field(rule, entry, List.copyOf(longer), named, inOr);
      }
    }
    return rule;
  }

  private void field(
      ObjectNode rule, Entry entry, List<String> path, Set<String> named, boolean inOr) {
    if (shape.correction(path).isPresent()) {
      findings.error(
          FlowError.UNKNOWN_PATTERN_KEY,
          entry.place(),
          "events have no '" + String.join(".", path) + "'",
          shape.correction(path).get());
    } else if (Operators.looksMisplaced(entry)) {
      findings.error(
          FlowError.BAD_PATTERN,
          entry.place(),
          "operator '" + entry.key() + "' stands outside of a list",
          "Conditions stand in a list: [ { " + entry.key() + ": … } ].");
    } else if (inOr && Operators.isReserved(entry.key())) {
      findings.error(
          FlowError.BAD_PATTERN,
          entry.place(),
          "'" + entry.key() + "' is an operator and cannot name a field within $or",
          "Name the field outside of $or.");
    } else if (entry.value() instanceof Mapping mapping) {
      parts(rule, entry.key(), mapping, path, named, inOr);
    } else if (entry.value() instanceof Sequence list) {
      values(rule, entry, list, path, named);
    } else {
      Scalar scalar = (Scalar) entry.value();
      bad(
          scalar,
          words(path) + (scalar.isNull() ? " has no conditions" : " is not followed by a list"),
          "Values to match stand in a list, such as "
              + entry.key()
              + ": [ "
              + (scalar.isNull() ? "…" : scalar.shown())
              + " ].");
    }
  }

  private void parts(
      ObjectNode rule,
      String key,
      Mapping mapping,
      List<String> path,
      Set<String> named,
      boolean inOr) {
    if (shape.hasParts(path)) {
      rule.set(key, block(mapping, path, named, inOr));
    } else {
      bad(
          mapping,
          words(path) + " is text and has no parts",
          "Write the values to match as a list: " + key + ": [ … ].");
    }
  }

  private void values(
      ObjectNode rule, Entry entry, Sequence list, List<String> path, Set<String> named) {
    String name = String.join(".", path);
    if (!shape.hasValue(path)) {
      bad(
          list,
          words(path) + " is a block of parts and has no value of its own",
          "Name one of its parts below it.");
    } else if (list.items().isEmpty()) {
      bad(list, words(path) + " has an empty list, which nothing matches", "List some values.");
    } else if (!named.add(name)) {
      bad(
          list,
          words(path) + " is named a second time, beside or within $or",
          "Keep all values of one field in one list.");
    }
    warnOfUnlikelyName(entry, path);
    ArrayNode rules = rule.putArray(entry.key());
    for (Node item : list.items()) {
      conditions.read(item, path).forEach(rules::add);
    }
    fields.add(new EventField(path));
    if (stars.merge(name, Wildcards.stars(rules), Integer::sum) > MOST_STARS) {
      findings.error(
          FlowError.COSTLY_PATTERN,
          list.place(),
          words(path) + " has too many wildcard and contains conditions",
          "Use fewer of them, or prefix and suffix in their place; at most "
              + MOST_STARS
              + " stars are allowed, and each contains counts for two.");
    }
  }

  private void warnOfUnlikelyName(Entry entry, List<String> path) {
    shape
        .likelySystemProperty(path)
        .ifPresent(
            name ->
                findings.warning(
                    FlowError.DOUBTFUL_PATTERN,
                    entry.place(),
                    "RocketMQ sets no system property '" + entry.key() + "'",
                    "Did you mean '" + name + "'?"));
  }

  private ArrayNode or(Entry entry, List<String> path, Set<String> named) {
    ArrayNode rules = JsonNodeFactory.instance.arrayNode();
    List<Node> branches = entry.value() instanceof Sequence sequence ? sequence.items() : List.of();
    if (branches.size() < 2) {
      findings.error(
          FlowError.BAD_PATTERN,
          entry.place(),
          "$or is not followed by a list of at least two alternatives",
          "Write $or: [ { … }, { … } ].");
    }
    Set<String> after = new HashSet<>(named);
    for (Node branch : branches) {
      if (branch instanceof Mapping mapping) {
        Set<String> inBranch = new HashSet<>(named);
        rules.add(block(mapping, path, inBranch, true));
        after.addAll(inBranch);
      } else {
        bad(
            branch,
            "an alternative of $or is " + branch.kindInWords(),
            "Each alternative is a block: { field: [ … ] }.");
      }
    }
    named.addAll(after);
    return rules;
  }

  private void bad(Node node, String message, String suggestion) {
    findings.error(FlowError.BAD_PATTERN, node.place(), message, suggestion);
  }

  private static String words(List<String> path) {
    return path.isEmpty() ? "this block" : "'" + String.join(".", path) + "'";
  }
}
