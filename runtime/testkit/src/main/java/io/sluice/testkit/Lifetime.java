package io.sluice.testkit;

import java.util.List;

/** How long servers are meant to run, which decides how their JVMs compile. */
public enum Lifetime {
  /** For a test: the first compiler only, as the second does not pay in so short a time. */
  SHORT("-XX:TieredStopAtLevel=1"),

  /** For measurements: both compilers, as in production. */
  LONG;

  private final List<String> jvmOptions;

  Lifetime(String... jvmOptions) {
    this.jvmOptions = List.of(jvmOptions);
  }

  List<String> jvmOptions() {
    return jvmOptions;
  }
}
