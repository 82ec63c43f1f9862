package io.sluice.acceptance.matrix;

import java.util.Locale;

/** One side of a copy: an instance, however it lets clients in. */
record Side(Mode mode, End end) {

  /** For names of topics, flows and instances. */
  String key() {
    return mode.key() + "_" + end.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return end + " (" + mode + ")";
  }
}
