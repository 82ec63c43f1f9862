package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.client.ClientPool;
import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Examiner;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Examines what the remoting protocol needs, from names to filters, each on top of the others. */
public final class RemotingExaminer implements Examiner {
  private static final List<Check> CHECKS =
      List.of(
          new NameCheck(),
          new PortCheck(Place.NAME_SERVERS, NameCheck.NAME),
          new AccessCheck(Place.NAME_SERVERS),
          new CertificateCheck(Place.NAME_SERVERS),
          new RouteCheck(),
          new BrokerAddressCheck(),
          new PortCheck(Place.BROKERS, BrokerAddressCheck.NAME),
          new AccessCheck(Place.BROKERS),
          new CertificateCheck(Place.BROKERS),
          new CredentialsCheck(),
          new TopicCheck(),
          new GroupCheck(),
          new MessageTypeCheck(),
          new ClockCheck(),
          new SqlFilterCheck(),
          new VersionCheck());

  @Override
  public List<String> checks() {
    return CHECKS.stream().map(Check::name).toList();
  }

  @Override
  public List<CheckResult> examine(Instance instance, Set<Need> needs, Clock clock) {
    // Connections of its own: what flows have open would hide what keeps new ones from opening.
    try (ClientPool.Lease lease = new ClientPool().lease(instance, ClientPool.Side.SOURCE)) {
      Examination examination = new Examination(lease.client(), needs, clock);
      List<CheckResult> results = new ArrayList<>();
      Map<String, String> failed = new HashMap<>();
      for (Check check : CHECKS) {
        if (check.concerns(instance)) {
          results.addAll(made(check, examination, failed));
        }
      }
      return results;
    }
  }

  /**
   * @param failed of each check that did not succeed anywhere, which one failed first
   */
  private static List<CheckResult> made(
      Check check, Examination examination, Map<String, String> failed) {
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
    if (!results.isEmpty() && results.stream().noneMatch(RemotingExaminer::letsGoOn)) {
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

  private static boolean isNeeded(Check check) {
    return CHECKS.stream().anyMatch(other -> other.after().contains(check.name()));
  }

  private static boolean letsGoOn(CheckResult result) {
    return !(result.verdict() instanceof Verdict.Failed);
  }
}
