package io.sluice.cli.output;

import io.sluice.sdk.error.SluiceException;

/**
 * Errors and warnings as people read them:
 *
 * <pre>
 * ✗ flows.yaml:12:5  There is no instance singapura. [flow.unknown-instance]
 *   → Did you mean singapore?
 * </pre>
 */
final class ProblemText {
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String PLAIN = "\u001b[0m";

  private final Terminal terminal;

  ProblemText(Terminal terminal) {
    this.terminal = terminal;
  }

  String error(SluiceException error) {
    return text(sign("✗", "error:", RED), error);
  }

  String warning(SluiceException warning) {
    return text(sign("⚠", "warning:", YELLOW), warning);
  }

  private String sign(String glyph, String word, String color) {
    String sign = terminal.glyphs() ? glyph : word;
    return terminal.colors() ? color + sign + PLAIN : sign;
  }

  private String text(String sign, SluiceException problem) {
    String place = problem.location().toString();
    StringBuilder text = new StringBuilder(sign).append(' ');
    if (!place.isEmpty()) {
      text.append(place).append("  ");
    }
    text.append(problem.message()).append(" [").append(problem.code().id()).append(']');
    if (!problem.suggestion().isEmpty()) {
      text.append('\n').append(terminal.glyphs() ? "  → " : "  -> ").append(problem.suggestion());
    }
    return text.toString();
  }
}
