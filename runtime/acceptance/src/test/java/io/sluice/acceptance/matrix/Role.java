package io.sluice.acceptance.matrix;

import java.util.Locale;

/** Who an instance of a flow file is for: each has a user of its own, who may do no more. */
enum Role {
  READER,
  WRITER;

  /** The name of the instance. */
  String instance(Side side) {
    return side.key() + "_" + name().toLowerCase(Locale.ROOT);
  }
}
