package io.sluice.flows.flowtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.flows.document.JsonTree;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds JSON against a structure of a test, member by member. For one comparison. */
final class StructureCheck {

  /** How much of the JSON the structure tells. */
  private enum Extent {
    /** All of it. */
    WHOLE,
    /** Objects may have further members. */
    PART,
    /** All of it, and every value is text, however the structure spells it. */
    TEXTS
  }

  private final Extent extent;
  private final List<Difference> differences = new ArrayList<>();

  private StructureCheck(Extent extent) {
    this.extent = extent;
  }

  /** What differs where the JSON is to be this structure; numbers are equal by value. */
  static List<Difference> whole(String name, Node expected, JsonNode actual) {
    return check(Extent.WHOLE, name, expected, actual);
  }

  /** What differs where the JSON is to have the members of this structure, and may have others. */
  static List<Difference> part(String name, Node expected, JsonNode actual) {
    return check(Extent.PART, name, expected, actual);
  }

  /** What differs where an object of texts is to be this structure. */
  static List<Difference> texts(String name, Node expected, JsonNode actual) {
    return check(Extent.TEXTS, name, expected, actual);
  }

  private static List<Difference> check(
      Extent extent, String name, Node expected, JsonNode actual) {
    StructureCheck check = new StructureCheck(extent);
    check.compare(name, expected, actual);
    return check.differences;
  }

  private void compare(String path, Node expected, JsonNode actual) {
    if (expected instanceof Mapping mapping && actual.isObject()) {
      members(path, mapping, actual);
    } else if (expected instanceof Sequence list && actual.isArray()) {
      items(path, list, actual);
    } else if (!(expected instanceof Scalar scalar) || !isEqual(scalar, actual)) {
      differs(path, Optional.of(expected), Optional.of(actual), expected);
    }
  }

  private void members(String path, Mapping expected, JsonNode actual) {
    for (Entry entry : expected.entries()) {
      String below = path + "." + entry.key();
      if (actual.has(entry.key())) {
        compare(below, entry.value(), actual.path(entry.key()));
      } else {
        differs(below, Optional.of(entry.value()), Optional.empty(), entry.value());
      }
    }
    if (extent != Extent.PART) {
      actual
          .properties()
          .forEach(
              member -> {
                if (expected.get(member.getKey()).isEmpty()) {
                  differs(
                      path + "." + member.getKey(),
                      Optional.empty(),
                      Optional.of(member.getValue()),
                      expected);
                }
              });
    }
  }

  private void items(String path, Sequence expected, JsonNode actual) {
    List<Node> items = expected.items();
    for (int index = 0; index < Math.max(items.size(), actual.size()); index++) {
      String below = path + "[" + index + "]";
      if (index >= actual.size()) {
        differs(below, Optional.of(items.get(index)), Optional.empty(), items.get(index));
      } else if (index >= items.size()) {
        differs(below, Optional.empty(), Optional.of(actual.path(index)), expected);
      } else {
        compare(below, items.get(index), actual.path(index));
      }
    }
  }

  private boolean isEqual(Scalar expected, JsonNode actual) {
    if (extent == Extent.TEXTS) {
      return actual.asText().equals(expected.text());
    }
    JsonNode value = JsonTree.of(expected);
    return value.isNumber() && actual.isNumber()
        ? value.decimalValue().compareTo(actual.decimalValue()) == 0
        : value.equals(actual);
  }

  private void differs(
      String path, Optional<Node> expected, Optional<JsonNode> actual, Node place) {
    differences.add(
        new Difference(
            path,
            expected.map(node -> JsonTree.shown(node).toString()),
            actual.map(JsonNode::toString),
            place.place()));
  }
}
