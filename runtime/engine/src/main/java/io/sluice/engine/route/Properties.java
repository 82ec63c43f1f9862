package io.sluice.engine.route;

/** Exchange properties of a flow's route. */
final class Properties {
  /** The {@link Passage} that the exchange carries. */
  static final String PASSAGE = "SluicePassage";

  /** Set when the exchange came to the sink's end. */
  static final String ARRIVED = "SluiceArrived";

  /** The {@link io.sluice.sdk.sink.TargetPosition} after the batch, if known. */
  static final String TARGET = "SluiceTarget";

  private Properties() {}
}
