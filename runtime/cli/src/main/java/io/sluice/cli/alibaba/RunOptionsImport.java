package io.sluice.cli.alibaba;

/** What a document says about retries and load. */
final class RunOptionsImport {
  private static final String TOLERANCE =
      "a record that cannot be delivered is tried until it can, and one that cannot be made stops"
          + " the flow";

  private RunOptionsImport() {}

  /** The run options of a stream. */
  static void ofStream(Fields document) {
    document
        .block("RunOptions")
        .ifPresent(
            options -> {
              of(options);
              options.loseRest();
            });
  }

  /** The run options of a rule's target. */
  static void of(Fields options) {
    options.loseAll(
        TOLERANCE, "ErrorsTolerance", "RetryStrategy", "PushRetryStrategy", "DeadLetterQueue");
    options.loseAll(
        "each queue is read and written by itself, as fast as the target takes it",
        "MaximumTasks",
        "ConcurrentConfig",
        "BatchWindow",
        "Throttling");
    options.lose("BusinessOption", "is about the cloud's capacity and has no meaning here");
  }
}
