package io.sluice.cli.run;

import io.sluice.flows.LoadedFlows;
import java.util.Optional;

/** What becomes of the flow files of a run while it goes on. For one thread. */
@FunctionalInterface
public interface Edits {
  /** Of files that nobody looks at. */
  Edits NONE = Optional::empty;

  /** What the files hold, if that may be something else than at the last call. Blocks to read. */
  Optional<LoadedFlows> next();

  /** Whether there may ever be one. */
  default boolean areExpected() {
    return this != NONE;
  }
}
