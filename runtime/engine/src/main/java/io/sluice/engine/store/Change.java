package io.sluice.engine.store;

import java.util.Optional;

/**
 * The change of one row, by its shares in the digest of the store.
 *
 * @param before empty if the row is new
 * @param after empty if the row is gone
 */
record Change(Optional<Long> before, Optional<Long> after) {

  /** By how much the sum of all shares changes. */
  long difference() {
    return after.orElse(0L) - before.orElse(0L);
  }
}
