package io.sluice.flows.document;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * SnakeYAML's complaints in words for people who write flows. SnakeYAML's excerpts of the file are
 * never passed on, as they may show a secret (I9).
 *
 * @param mark where it is
 * @param message what is wrong
 * @param suggestion what to do
 */
record YamlProblem(Mark mark, String message, String suggestion) {

  static YamlProblem of(MarkedYAMLException e) {
    String problem = e.getProblem() == null ? "" : e.getProblem();
    String context = e.getContext() == null ? "" : e.getContext();
    Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    if (problem.contains("'\\t(TAB)'")) {
      return new YamlProblem(
          mark, "a tab where spaces belong", "Indent with spaces only; YAML does not allow tabs.");
    }
    if (problem.startsWith("found character")) {
      return new YamlProblem(
          mark,
          "a value cannot begin with this character",
          "Put quotes around a value that begins with '@', '`' or '%'.");
    }
    if (context.contains("alias") || context.contains("anchor")) {
      return new YamlProblem(
          mark,
          "'*' and '&' begin an alias or an anchor, but no name follows",
          "Put quotes around a value that begins with '*' or '&'.");
    }
    if (problem.contains("mapping values are not allowed")) {
      return new YamlProblem(
          mark,
          "a second ':' in one line, or a line that is indented too far",
          "Put quotes around a value that holds ': ', and check the indentation.");
    }
    if (problem.contains("could not find expected ':'")) {
      return new YamlProblem(
          mark,
          "the line above is neither a key with ':' nor part of a value",
          "Add ':' after the key; put quotes around a value that spans lines.");
    }
    if (problem.contains("<block end>")) {
      return new YamlProblem(
          mark,
          "this line does not line up with the block that it should belong to",
          "Indent it as far as the other keys of its block.");
    }
    if (problem.contains("',' or '}'")) {
      return new YamlProblem(
          mark, "a '{' that is not closed before this place", "Add the missing ',' or '}'.");
    }
    if (problem.contains("',' or ']'")) {
      return new YamlProblem(
          mark, "a '[' that is not closed before this place", "Add the missing ',' or ']'.");
    }
    if (problem.contains("unexpected end of stream") && e.getContextMark() != null) {
      return new YamlProblem(
          e.getContextMark(), "a quote that is never closed", "Add the closing quote.");
    }
    if (problem.contains("unknown escape character")) {
      return new YamlProblem(
          mark,
          "an unknown escape after '\\' in double quotes",
          "Use single quotes, in which '\\' stands for itself.");
    }
    if (problem.contains("<document start>")) {
      return new YamlProblem(
          mark,
          "the document has ended before this line",
          "Separate documents by a line '---', and check the indentation above.");
    }
    return new YamlProblem(
        mark,
        "something is out of place here",
        "Check indentation, quotes, brackets and the space after each colon.");
  }
}
