package io.sluice.sdk.instance;

/** Which generation of RocketMQ an instance runs. */
public enum Version {
  /** Cloud or own, 4.x: remoting protocol only. */
  V4("4.x"),
  /** Cloud or own, 5.x. */
  V5("5.x"),
  /** Self-hosted: any version, found out by asking. */
  SELF_HOSTED("self-hosted");

  private final String text;

  Version(String text) {
    this.text = text;
  }

  /** As written in flow files. */
  public String text() {
    return text;
  }
}
