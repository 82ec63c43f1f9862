package io.sluice.rocketmq.diagnosis;

import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.error.SluiceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks in their order, each on top of the others. Immutable. */
record CheckList(List<Check> checks) {
  CheckList {
    checks = List.copyOf(checks);
  }

  Stream<String> names() {
    return checks.stream().map(Check::name);
  }

  /** Makes those that concern the instance. Blocks. */
  List<CheckResult> make(Examination examination) {
    List<CheckResult> results = new ArrayList<>();
    Map<String, String> failed = new HashMap<>();
    for (Check check : checks) {
      if (check.concerns(examination.instance())) {
        results.addAll(made(check, examination, failed));
      }
    }
    return results;
  }

  /**
   * @param failed of each check that did not succeed anywhere, which one failed first
   */
  private List<CheckResult> made(Check check, Examination examination, Map<String, String> failed) {
    Optional<String> cause =
        check.after().stream().map(failed::get).filter(Objects::nonNull).findFirst();
    if (cause.isPresent()) {
      failed.put(check.name(), cause.get());
      return List.of(
          new CheckResult(check.name(), "", new Verdict.NotChecked(cause.get() + " failed")));
    }
    List<CheckResult> results = attempted(check, examination);
    if (isNeeded(check)) {
      results.stream()
          .filter(result -> !letsGoOn(result))
          .forEach(result -> examination.giveUp(result.subject()));
    }
    if (!results.isEmpty() && results.stream().noneMatch(CheckList::letsGoOn)) {
      failed.put(check.name(), check.name());
    }
    return results;
  }

  private static List<CheckResult> attempted(Check check, Examination examination) {
    try {
      return check.make(examination);
    } catch (SluiceException failure) {
      return List.of(new CheckResult(check.name(), "", new Verdict.Failed(failure)));
    } catch (RuntimeException broken) {
      // A server that answers as none should; the other checks still tell something.
      return List.of(
          new CheckResult(check.name(), "", new Verdict.NotChecked("it broke off: " + broken)));
    }
  }

  private boolean isNeeded(Check check) {
    return checks.stream().anyMatch(other -> other.after().contains(check.name()));
  }

  private static boolean letsGoOn(CheckResult result) {
    return !(result.verdict() instanceof Verdict.Failed);
  }
}
