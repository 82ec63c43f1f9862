package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.grpc.ProxyRoute;
import io.sluice.rocketmq.route.Queue;
import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.error.SluiceException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Topics exist, with queues to read or write. By gRPC flows cannot create them. */
final class ProxyTopicCheck implements Check {
  @Override
  public String name() {
    return TopicCheck.NAME;
  }

  @Override
  public List<String> after() {
    return List.of(CredentialsCheck.NAME);
  }

  @Override
  public List<CheckResult> make(Examination examination) {
    Stream<CheckResult> read =
        examination.needs(Need.Reading.class).stream()
            .map(need -> result(examination, need.topic(), ProxyRoute::readable, "read"));
    Stream<CheckResult> written =
        examination.needs(Need.Writing.class).stream()
            .map(need -> result(examination, need.topic(), ProxyRoute::writable, "write"));
    return Stream.concat(read, written).distinct().toList();
  }

  private CheckResult result(
      Examination examination,
      String topic,
      Function<ProxyRoute, List<Queue>> queues,
      String purpose) {
    return new CheckResult(name(), topic, verdict(examination, topic, queues, purpose));
  }

  private static Verdict verdict(
      Examination examination,
      String topic,
      Function<ProxyRoute, List<Queue>> queues,
      String purpose) {
    Optional<ProxyRoute> route;
    try {
      route = examination.proxyRoute(topic);
    } catch (SluiceException refused) {
      return new Verdict.NotChecked("the proxies do not tell of it"); // the credentials say why
    }
    int count = route.map(queues).map(List::size).orElse(0);
    return count > 0
        ? TopicCheck.passed(count, purpose)
        : examination.failed(
            RocketMqError.TOPIC_MISSING,
            "topic "
                + topic
                + (route.isEmpty() ? " does not exist" : " has no queue to " + purpose),
            "Check its spelling, or create it on the instance: by gRPC flows cannot.");
  }
}
