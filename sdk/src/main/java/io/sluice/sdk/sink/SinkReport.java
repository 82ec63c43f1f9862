package io.sluice.sdk.sink;

/** What a sink tells of records beside their being stored, to be counted. Thread-safe. */
public interface SinkReport {

  /**
   * Records of a batch were left out on purpose, because they have been at the target before. They
   * count as done, not as stored.
   */
  void echoes(long records);

  /** Records were found to be at the target more than once. */
  void duplicates(long records);
}
