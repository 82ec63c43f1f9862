package io.sluice.rocketmq.diagnosis;

import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.instance.Instance;
import java.util.List;

/** One thing that has to be right before flows can use an instance. Stateless. */
interface Check {

  /** As users see it. */
  String name();

  /** Whether it has a meaning for an instance. */
  default boolean concerns(Instance instance) {
    return true;
  }

  /** The checks before it without which it cannot be made. */
  List<String> after();

  /** Makes it. Blocks, for a bounded time. */
  List<CheckResult> make(Examination examination);
}
