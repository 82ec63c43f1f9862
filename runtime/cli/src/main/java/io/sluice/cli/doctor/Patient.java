package io.sluice.cli.doctor;

import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import java.util.Set;

/** What flow files declare under one name, to be looked at or not. */
public sealed interface Patient {

  /** An instance, and what flows need of it. */
  record Present(Instance instance, Set<Need> needs) implements Patient {}

  /** An integrated broker that does not run now. */
  record Absent(String name, SluiceException reason) implements Patient {}
}
