package io.sluice.flows.pattern;

/** How conditions look at a body. */
enum BodyView {
  NONE,
  TEXT,
  JSON,
  /** As a list of both, of which a condition may match either item. */
  BOTH;

  static BodyView of(boolean asText, boolean asJson) {
    if (asText) {
      return asJson ? BOTH : TEXT;
    }
    return asJson ? JSON : NONE;
  }

  boolean hasText() {
    return this == TEXT || this == BOTH;
  }

  boolean hasJson() {
    return this == JSON || this == BOTH;
  }
}
