package io.sluice.rocketmq.diagnosis;

import apache.rocketmq.v2.MessageType;
import io.sluice.rocketmq.grpc.ProxyRoute;
import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.diagnosis.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Target topics take the type of message that flows write, as proxies tell it. */
final class ProxyTypeCheck implements Check {
  private static final Set<MessageType> WRITTEN = Set.of(MessageType.NORMAL, MessageType.FIFO);

  @Override
  public String name() {
    return MessageTypeCheck.NAME;
  }

  @Override
  public List<String> after() {
    return List.of(CredentialsCheck.NAME);
  }

  @Override
  public List<CheckResult> make(Examination examination) {
    List<CheckResult> results = new ArrayList<>();
    for (Need.Writing need : examination.needs(Need.Writing.class)) {
      examination
          .toldProxyRoute(need.topic())
          .map(ProxyRoute::types)
          .map(types -> new CheckResult(name(), need.topic(), judge(examination, need, types)))
          .ifPresent(results::add);
    }
    return results;
  }

  private static Verdict judge(Examination examination, Need.Writing need, Set<MessageType> types) {
    if (types.isEmpty()) {
      return new Verdict.Passed("takes any type");
    }
    String named = types.stream().map(MessageType::name).sorted().collect(Collectors.joining(", "));
    return Collections.disjoint(types, WRITTEN)
        ? examination.failed(
            DiagnosisError.TOPIC_TYPE,
            "topic " + need.topic() + " is for messages of type " + named)
        : new Verdict.Passed("takes " + named);
  }
}
