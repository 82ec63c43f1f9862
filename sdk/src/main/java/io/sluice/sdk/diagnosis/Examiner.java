package io.sluice.sdk.diagnosis;

import io.sluice.sdk.instance.Instance;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Examines instances of one kind; a connector has one. Thread-safe. */
public interface Examiner {

  /** The names of its checks, in the order in which they are made. */
  List<String> checks();

  /**
   * Makes all checks, by connections of its own. Stores no message and deletes nothing. Blocks, for
   * some seconds for each check that gets no answer.
   *
   * @param needs what flows need of the instance
   * @param clock of this machine, with which the instance's clocks and certificates are compared
   * @return in the order in which they were made; checks that have no meaning for this instance are
   *     left out
   */
  List<CheckResult> examine(Instance instance, Set<Need> needs, Clock clock);
}
