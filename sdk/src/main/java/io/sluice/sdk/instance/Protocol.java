package io.sluice.sdk.instance;

/** How an instance is spoken to. */
public enum Protocol {
  /** RocketMQ's own, with name servers and brokers; every version. */
  REMOTING("remoting"),
  /** gRPC, with a proxy; 5.x. */
  GRPC("grpc");

  private final String text;

  Protocol(String text) {
    this.text = text;
  }

  /** As written in flow files. */
  public String text() {
    return text;
  }
}
