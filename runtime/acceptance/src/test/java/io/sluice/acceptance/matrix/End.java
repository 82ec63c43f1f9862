package io.sluice.acceptance.matrix;

/** One way to reach one generation of servers. */
enum End {
  V480("4.8.0", Way.REMOTING),
  V497("4.9.7", Way.REMOTING),
  V550("5.5.0", Way.REMOTING),
  V550_GRPC("5.5.0", Way.GRPC),
  V550_PROXY("5.5.0", Way.REMOTING_BY_PROXY);

  /** Whom Sluice talks to, and how. */
  enum Way {
    REMOTING(""),
    GRPC(" by gRPC"),
    REMOTING_BY_PROXY(" by its proxy");

    private final String words;

    Way(String words) {
      this.words = words;
    }
  }

  private final String version;
  private final Way way;

  End(String version, Way way) {
    this.version = version;
    this.way = way;
  }

  String version() {
    return version;
  }

  Way way() {
    return way;
  }

  boolean speaksGrpc() {
    return way == Way.GRPC;
  }

  @Override
  public String toString() {
    return version + way.words;
  }
}
