package io.sluice.engine.route;

/** The Camel route of one flow. Thread-safe. */
public final class FlowRoute {
  private final SourceEndpoint source;

  FlowRoute(SourceEndpoint source) {
    this.source = source;
  }

  /**
   * Sends a batch through. Does not block; the batch may be through when it returns, or later on
   * another thread. Within a {@link Passage} callback it only queues the batch.
   */
  public void send(Passage passage) {
    source.consumer().send(passage);
  }
}
