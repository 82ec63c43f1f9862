package io.sluice.cli.output;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is at the other end of the command's streams.
 *
 * @param liveOutput standard output is a terminal that understands cursor movements
 * @param glyphs messages may hold signs beyond ASCII
 * @param colors messages may be coloured
 */
public record Terminal(boolean liveOutput, boolean glyphs, boolean colors) {

  /** Files and pipes: plain lines in ASCII. */
  public static final Terminal NONE = new Terminal(false, false, false);

  /**
   * Works out what the streams understand, from the usual environment variables.
   *
   * @param output whether standard output is a terminal
   * @param error whether standard error is a terminal
   */
  public static Terminal of(
      boolean output, boolean error, Function<String, Optional<String>> environment) {
    boolean dumb = environment.apply("TERM").map("dumb"::equals).orElse(true);
    boolean plain = dumb || environment.apply("NO_COLOR").filter(v -> !v.isEmpty()).isPresent();
    return new Terminal(output && !dumb, error && !plain && isUtf8(environment), error && !plain);
  }

  private static boolean isUtf8(Function<String, Optional<String>> environment) {
    for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      Optional<String> value = environment.apply(variable).filter(v -> !v.isEmpty());
      if (value.isPresent()) {
        String locale = value.get().toUpperCase(Locale.ROOT);
        return locale.contains("UTF-8") || locale.contains("UTF8");
      }
    }
    return false;
  }
}
