package io.sluice.flows.transform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.flows.transform.TextTemplate.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads templates that are JSON but for their variables. For one template. */
final class JsonTemplate {
  /** Key of an object whose value is a variable that holds further members of it. */
  static final String EMBED = "EB_SYS_EMBED_OBJECT";

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .readerFor(JsonNode.class);

  private final Variables variables;
  private final List<Variable> bare = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final String mark;

  private JsonTemplate(String text, Variables variables) {
    this.variables = variables;
    StringBuilder unused = new StringBuilder("#");
    while (text.contains(unused)) {
      unused.append('#');
    }
    this.mark = unused.toString();
  }

  /**
   * A template with its variables.
   *
   * @param names of the variables that occur in it
   */
  record Read(Shape shape, Set<String> names) {}

  /**
   * @throws JsonProcessingException if it is not JSON
   * @throws IllegalArgumentException saying what is wrong with a variable
   */
  static Read read(String text, Variables variables) throws JsonProcessingException {
    JsonTemplate template = new JsonTemplate(text, variables);
    Shape shape = template.shape(JSON.readTree(template.marked(text)));
    return new Read(shape, Set.copyOf(template.names));
  }

  /** The text with a mark in quotes for each variable that stands without quotes. */
  private String marked(String text) {
    StringBuilder marked = new StringBuilder();
    boolean quoted = false;
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      if (quoted && letter == '\\' && at + 1 < text.length()) {
        marked.append(letter).append(text.charAt(++at));
      } else if (!quoted && text.startsWith("${", at)) {
        int end = TextTemplate.end(text, at);
        Variable variable = TextTemplate.variable(text.substring(at, end), variables);
        marked.append('"').append(mark).append(bare.size()).append('"');
        bare.add(variable);
        at = end - 1;
      } else {
        quoted ^= letter == '"';
        marked.append(letter);
      }
    }
    return marked.toString();
  }

  private Shape shape(JsonNode node) {
    if (node.isObject()) {
      return members(node);
    }
    if (node.isArray()) {
      List<Shape> items = new ArrayList<>();
      node.forEach(item -> items.add(shape(item)));
      return new Shape.Items(items);
    }
    return node.isTextual() ? text(node.textValue()) : new Shape.Fixed(node);
  }

  private Shape members(JsonNode object) {
    List<Shape.Member> members = new ArrayList<>();
    Optional<String> embedded = Optional.empty();
    for (var property : object.properties()) {
      if (property.getKey().equals(EMBED)) {
        embedded = Optional.of(embedded(property.getValue()));
      } else {
        members.add(new Shape.Member(quoted(property.getKey()), shape(property.getValue())));
      }
    }
    return new Shape.Members(members, embedded);
  }

  private String embedded(JsonNode value) {
    if (value.isTextual() && value.textValue().startsWith(mark)) {
      return bare(value.textValue());
    }
    String name =
        Optional.of(value)
            .filter(JsonNode::isTextual)
            .flatMap(text -> TextTemplate.parse(text.textValue(), variables).onlyVariable())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        EMBED + " takes one variable: \"" + EMBED + "\": \"${NAME}\""));
    names.add(name);
    return name;
  }

  private Shape text(String text) {
    if (text.startsWith(mark)) {
      return new Shape.Bare(bare(text));
    }
    if (!text.contains("${")) {
      return new Shape.Fixed(TextNode.valueOf(text));
    }
    return inner(text).orElseGet(() -> new Shape.Text(quoted(text)));
  }

  /** JSON within a text of the template, whose own quotes must hold too. */
  private Optional<Shape> inner(String text) {
    if (!text.stripLeading().startsWith("{") && !text.stripLeading().startsWith("[")) {
      return Optional.empty();
    }
    try {
      Read read = read(text, variables);
      names.addAll(read.names());
      return Optional.of(new Shape.Inner(read.shape()));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private String bare(String marked) {
    Variable variable = bare.get(Integer.parseInt(marked.substring(mark.length())));
    if (!variable.function().isEmpty()) {
      throw new IllegalArgumentException(
          "'" + variable.function() + "' makes text, which stands between quotes in JSON");
    }
    names.add(variable.name());
    return variable.name();
  }

  private TextTemplate quoted(String text) {
    // Writing the tree as JSON escapes it; twice would be once too often.
    TextTemplate template = TextTemplate.parse(text, variables).without(TextTemplate.JSON_ESCAPE);
    names.addAll(template.names());
    return template;
  }
}
