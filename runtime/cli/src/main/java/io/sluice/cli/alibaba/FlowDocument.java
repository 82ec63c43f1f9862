package io.sluice.cli.alibaba;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.document.Node.Scalar.Kind;
import io.sluice.flows.document.Scalars;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** One document of a flow file, with comments before it, and its YAML. For one thread. */
final class FlowDocument {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(env|file):");

  private final ObjectNode root = Json.object();
  private final List<String> comments = new ArrayList<>();

  FlowDocument(String kind, String name) {
    root.put("kind", kind).put("name", name);
  }

  ObjectNode root() {
    return root;
  }

  void comment(String line) {
    comments.add(line);
  }

  /** A value that is taken from the environment. */
  static String variable(String... words) {
    String name = String.join("_", words).toUpperCase(Locale.ROOT);
    String valid = name.replaceAll("[^A-Z0-9_]", "_");
    return "${env:" + (Character.isDigit(valid.charAt(0)) ? "_" : "") + valid + "}";
  }

  /** A foreign text, in which nothing stands for the environment. */
  static String literal(String text) {
    return PLACEHOLDER.matcher(text).replaceAll("\\$\\$\\{$1:");
  }

  String yaml() {
    StringBuilder text = new StringBuilder();
    comments.forEach(line -> text.append("# ").append(line).append('\n'));
    members(text, root, "");
    return text.toString();
  }

  private static void members(StringBuilder text, JsonNode object, String indent) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      text.append(indent).append(scalar(member.getKey())).append(':');
      JsonNode value = member.getValue();
      if (value.isObject() && !value.isEmpty()) {
        text.append('\n');
        members(text, value, indent + "  ");
      } else {
        text.append(' ').append(value.isTextual() ? scalar(value.textValue()) : value.toString());
        text.append('\n');
      }
    }
  }

  /** Without quotes where it is text without them; JSON's way of quoting is YAML's, too. */
  private static String scalar(String text) {
    boolean plain = PLAIN.matcher(text).matches() && Scalars.kindOf(text) == Kind.TEXT;
    return plain ? text : Json.object().textNode(text).toString();
  }
}
