package io.sluice.flows.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import io.sluice.flows.FlowError;
import io.sluice.flows.event.EventShape;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RefusedRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSONPath into events. Immutable and thread-safe.
 *
 * <p>Functions of JSONPath are refused: the library keeps what it evaluated for one event in the
 * path that all threads share.
 */
final class EventPath {
  private static final Pattern START = Pattern.compile("\\$([.\\[].*)?", Pattern.DOTALL);
  private static final Pattern KEY =
      Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_-]*)|\\['([^'\\\\]*)'\\]");
  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"|/[^/]*/");
  private static final Pattern FUNCTION = Pattern.compile("[A-Za-z]\\s*\\(");

  private static final Configuration JSON =
      Configuration.builder()
          .jsonProvider(new JacksonJsonNodeJsonProvider())
          .mappingProvider(new JacksonMappingProvider())
          .build();

  private final JsonPath path;
  private final Reads reads;

  private EventPath(JsonPath path, Reads reads) {
    this.path = path;
    this.reads = reads;
  }

  /** Whether a text is meant as a path: {@code $}, or that before {@code .} or {@code [}. */
  static boolean isPath(String text) {
    return START.matcher(text).matches();
  }

  /**
   * @throws IllegalArgumentException saying what is wrong
   */
  static EventPath compile(String text, EventShape shape) {
    if (!isPath(text)) {
      throw new IllegalArgumentException("a JSONPath begins with '$.', such as $.data.body");
    }
    String bare = QUOTED.matcher(text).replaceAll("");
    // The library takes some of these for something else.
    if (bare.endsWith(".")
        || bare.contains("'")
        || !closes(bare, '[', ']')
        || !closes(bare, '(', ')')) {
      throw new IllegalArgumentException(
          "a bracket or a quote is not closed, or its end is missing");
    }
    if (FUNCTION.matcher(bare).find()) {
      throw new IllegalArgumentException("functions of JSONPath are not supported");
    }
    List<String> keys = leadingKeys(text);
    for (int depth = 1; depth <= Math.min(2, keys.size()); depth++) {
      List<String> start = keys.subList(0, depth);
      shape
          .correction(start)
          .ifPresent(
              correction -> {
                throw new IllegalArgumentException(
                    "events have no '" + String.join(".", start) + "'. " + correction);
              });
    }
    try {
      return new EventPath(JsonPath.compile(text), reads(text, keys));
    } catch (InvalidPathException | IllegalArgumentException invalid) {
      throw new IllegalArgumentException("the library says: " + invalid.getMessage(), invalid);
    }
  }

  private static boolean closes(String text, char opening, char closing) {
    return text.chars().filter(letter -> letter == opening).count()
        == text.chars().filter(letter -> letter == closing).count();
  }

  /** The keys with which a path begins, up to the first step that is something else. */
  private static List<String> leadingKeys(String text) {
    List<String> keys = new ArrayList<>();
    Matcher key = KEY.matcher(text).region(1, text.length());
    while (key.lookingAt()) {
      keys.add(key.group(1) == null ? key.group(2) : key.group(1));
      key.region(key.end(), text.length());
    }
    return keys;
  }

  private static Reads reads(String text, List<String> keys) {
    if (text.lastIndexOf('$') > 0) { // a filter looks at the event again
      return Reads.EVERYTHING;
    }
    boolean attribute = !keys.isEmpty() && !keys.get(0).equals(EventShape.DATA);
    boolean besideBody = keys.size() > 1 && !keys.get(1).equals(EventShape.BODY);
    return attribute || besideBody ? Reads.ALL_BUT_BODY : Reads.EVERYTHING;
  }

  /** As the library spells it. */
  String text() {
    return path.getPath();
  }

  Reads reads() {
    return reads;
  }

  /** What stands there; a missing node if nothing does. */
  JsonNode in(JsonNode event) {
    try {
      Object found = path.read(event, JSON);
      return found instanceof JsonNode node ? node : MissingNode.getInstance();
    } catch (PathNotFoundException absent) {
      return MissingNode.getInstance();
    } catch (JsonPathException failure) {
      throw new RefusedRecordException(
          FlowError.BAD_OUTPUT,
          "JSONPath " + path.getPath() + " cannot be evaluated",
          Location.NONE,
          FlowError.BAD_OUTPUT.remedy(),
          failure);
    }
  }
}
