package io.sluice.flows.transform;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.flows.finding.KnownNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A text with variables: {@code ${name}} or {@code ${function(name)}}. Immutable. */
final class TextTemplate {
  static final String JSON_ESCAPE = "jsonEscape";
  static final String HTML_ESCAPE = "htmlEscape";

  private static final String OPENING = "${";
  private static final Pattern INSIDE =
      Pattern.compile("\\s*(?:([A-Za-z]\\w*)\\(\\s*([^(){}]+?)\\s*\\)|([^(){}]+?))\\s*");
  private static final KnownNames FUNCTIONS = new KnownNames(List.of(JSON_ESCAPE, HTML_ESCAPE));

  private final List<Piece> pieces;

  private TextTemplate(List<Piece> pieces) {
    this.pieces = List.copyOf(pieces);
  }

  /** Text, or a variable in its place. */
  sealed interface Piece {}

  /** Text that stands there as it is. */
  record Literal(String text) implements Piece {}

  /**
   * A variable.
   *
   * @param function applied to its text; empty for none
   */
  record Variable(String name, String function) implements Piece {
    String text(Variables variables, JsonNode event) {
      String text = Texts.of(variables.value(name, event));
      return switch (function) {
        case JSON_ESCAPE -> new String(JsonStringEncoder.getInstance().quoteAsString(text));
        case HTML_ESCAPE -> Texts.htmlEscaped(text);
        default -> text;
      };
    }
  }

  /**
   * @throws IllegalArgumentException saying what is wrong
   */
  static TextTemplate parse(String text, Variables variables) {
    List<Piece> pieces = new ArrayList<>();
    int done = 0;
    for (int at = text.indexOf(OPENING); at >= 0; at = text.indexOf(OPENING, done)) {
      if (at > done) {
        pieces.add(new Literal(text.substring(done, at)));
      }
      int end = end(text, at);
      pieces.add(variable(text.substring(at, end), variables));
      done = end;
    }
    if (done < text.length()) {
      pieces.add(new Literal(text.substring(done)));
    }
    return new TextTemplate(pieces);
  }

  /** Where the variable that begins at an index ends. */
  static int end(String text, int start) {
    int end = text.indexOf('}', start);
    if (end < 0) {
      throw new IllegalArgumentException("a '${' is never closed with '}'");
    }
    return end + 1;
  }

  /**
   * @param whole with dollar and braces
   */
  static Variable variable(String whole, Variables variables) {
    Matcher inside = INSIDE.matcher(whole.substring(OPENING.length(), whole.length() - 1));
    if (!inside.matches()) {
      throw new IllegalArgumentException(
          whole + " is neither ${NAME} nor ${FUNCTION(NAME)}; definitions do not nest");
    }
    String function = inside.group(1) == null ? "" : inside.group(1);
    String name = function.isEmpty() ? inside.group(3) : inside.group(2);
    if (!function.isEmpty() && !FUNCTIONS.contains(function)) {
      throw new IllegalArgumentException(
          "unknown function '"
              + function
              + "'. "
              + FUNCTIONS.suggestion(function, "Functions of templates"));
    }
    if (!variables.has(name)) {
      Set<String> known = new LinkedHashSet<>(variables.paths().keySet());
      known.addAll(variables.constants().keySet());
      throw new IllegalArgumentException(
          "'value' defines no variable '"
              + name
              + "'. "
              + (known.isEmpty()
                  ? "It defines none."
                  : new KnownNames(known).suggestion(name, "It defines")));
    }
    return new Variable(name, function);
  }

  /** Names of the variables in it. */
  Set<String> names() {
    return pieces.stream()
        .filter(Variable.class::isInstance)
        .map(piece -> ((Variable) piece).name())
        .collect(Collectors.toSet());
  }

  /** Its variable, if it is one variable as it is and nothing else. */
  Optional<String> onlyVariable() {
    return pieces.size() == 1
            && pieces.get(0) instanceof Variable variable
            && variable.function().isEmpty()
        ? Optional.of(variable.name())
        : Optional.empty();
  }

  /** The same without one function, where what it does is done anyway. */
  TextTemplate without(String function) {
    return new TextTemplate(
        pieces.stream()
            .map(
                piece ->
                    piece instanceof Variable variable && variable.function().equals(function)
                        ? new Variable(variable.name(), "")
                        : piece)
            .toList());
  }

  String fill(Variables variables, JsonNode event) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      text.append(
          piece instanceof Literal literal
              ? literal.text()
              : ((Variable) piece).text(variables, event));
    }
    return text.toString();
  }
}
