package io.sluice.cli.reference;

/** Text made fit for its place in Markdown. */
final class Markdown {
  private Markdown() {}

  /** Text within a table. */
  static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ").strip();
  }
}
