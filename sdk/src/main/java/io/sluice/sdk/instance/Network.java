package io.sluice.sdk.instance;

/** Which of an instance's addresses to use. */
public enum Network {
  PRIVATE("private"),
  PUBLIC("public");

  private final String text;

  Network(String text) {
    this.text = text;
  }

  /** As written in flow files. */
  public String text() {
    return text;
  }
}
