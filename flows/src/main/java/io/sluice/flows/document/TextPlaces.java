package io.sluice.flows.document;

import io.sluice.sdk.error.Location.InFile;

/** Lines and columns of places that a parser gives as indexes. */
final class TextPlaces {
  private TextPlaces() {}

  /** The place of the character at an index. */
  static InFile at(String file, CharSequence text, int index) {
    int line = 1;
    int column = 1;
    for (int before = 0; before < Math.min(index, text.length()); before++) {
      if (text.charAt(before) == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return new InFile(file, line, column);
  }
}
