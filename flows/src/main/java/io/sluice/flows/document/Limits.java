package io.sluice.flows.document;

/** How much a file of flows may hold. Far above honest files, far below what would hurt. */
final class Limits {
  /** Size of a file, in bytes. */
  static final int BYTES = 2 << 20;

  /** Blocks and lists within each other. */
  static final int DEPTH = 64;

  /** Aliases in a file. */
  static final int ALIASES = 100;

  /** Values and keys in a file, aliases written out. */
  static final int NODES = 200_000;

  private Limits() {}
}
