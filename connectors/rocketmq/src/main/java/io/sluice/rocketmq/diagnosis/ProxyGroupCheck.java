package io.sluice.rocketmq.diagnosis;

import apache.rocketmq.v2.MessageType;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.grpc.ProxyRoute;
import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.error.SluiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Consumer groups exist, and those that read a FIFO topic by gRPC consume in order. */
final class ProxyGroupCheck implements Check {
  @Override
  public String name() {
    return GroupCheck.NAME;
  }

  @Override
  public List<String> after() {
    return List.of(CredentialsCheck.NAME);
  }

  @Override
  public List<CheckResult> make(Examination examination) {
    List<CheckResult> results = new ArrayList<>();
    for (Need.Reading need : examination.needs(Need.Reading.class)) {
      need.group()
          .ifPresent(
              group ->
                  results.add(
                      new CheckResult(name(), group, verdict(examination, need.topic(), group))));
    }
    return results;
  }

  private static Verdict verdict(Examination examination, String topic, String group) {
    Optional<ProxyRoute> route =
        examination.toldProxyRoute(topic).filter(told -> !told.readable().isEmpty());
    if (route.isEmpty()) {
      return new Verdict.NotChecked("topic " + topic + " cannot be read");
    }
    ProxyRights rights = new ProxyRights(examination);
    try {
      if (!rights.exists(topic, group)) {
        return examination.failed(
            RocketMqError.GROUP_MISSING, "the proxies do not know group " + group);
      }
      boolean needsOrder = route.get().types().equals(Set.of(MessageType.FIFO));
      return needsOrder && !rights.isOrdered(topic, group)
          ? new Verdict.Doubtful(unordered(examination, topic, group))
          : new Verdict.Passed("exists");
    } catch (SluiceException refused) {
      return new Verdict.NotChecked(refused.message());
    }
  }

  private static SluiceException unordered(Examination examination, String topic, String group) {
    return examination.problem(
        DiagnosisError.GROUP_UNORDERED,
        "topic " + topic + " is FIFO, and group " + group + " does not consume in order",
        DiagnosisError.GROUP_UNORDERED.remedy());
  }
}
