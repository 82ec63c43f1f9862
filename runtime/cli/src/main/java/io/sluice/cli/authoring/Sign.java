package io.sluice.cli.authoring;

import io.sluice.cli.output.Terminal;

/** Yes and no at the beginning of a line. */
record Sign(Terminal terminal) {

  String of(boolean good) {
    if (terminal.glyphs()) {
      return good ? "✓" : "✗";
    }
    return good ? "ok  " : "FAIL";
  }

  /** The same for what is neither good nor bad. */
  String match(boolean matches) {
    if (terminal.glyphs()) {
      return of(matches);
    }
    return matches ? "yes" : "no ";
  }
}
