package io.sluice.sdk.batch;

/**
 * The right to write the records of a partition. Where several runtimes share a flow, each
 * partition has one owner, and a batch may only be written while its source still owns it.
 *
 * <p>A sink asks right before each request that it sends. Thread-safe; does not block.
 */
@FunctionalInterface
public interface Lease {
  /** The lease of a source that shares its partitions with nobody. */
  Lease UNSHARED = () -> true;

  /**
   * Whether the partition is certainly still this process's own, also after a pause of the process:
   * measured by monotonic time, with a margin.
   */
  boolean isHeld();
}
