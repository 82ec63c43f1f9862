package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.TopicRoute;
import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.error.SluiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Topics exist, with queues to read or write, or are created by the flow. */
final class TopicCheck implements Check {
  static final String NAME = "topic";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> after() {
    return List.of(RouteCheck.NAME);
  }

  @Override
  public List<CheckResult> make(Examination examination) {
    List<CheckResult> results = new ArrayList<>();
    for (Need.Reading need : examination.needs(Need.Reading.class)) {
      results.add(result(examination, need, TopicRoute::readable, "read"));
    }
    for (Need.Writing need : examination.needs(Need.Writing.class)) {
      results.add(result(examination, need, TopicRoute::writable, "write"));
    }
    return results.stream().distinct().toList();
  }

  private CheckResult result(
      Examination examination,
      Need need,
      Function<TopicRoute, List<Queue>> queues,
      String purpose) {
    return new CheckResult(name(), need.topic(), verdict(examination, need, queues, purpose));
  }

  private static Verdict verdict(
      Examination examination,
      Need need,
      Function<TopicRoute, List<Queue>> queues,
      String purpose) {
    Optional<TopicRoute> route;
    try {
      route = examination.route(need.topic());
    } catch (SluiceException failure) {
      return new Verdict.Failed(failure);
    }
    if (route.isEmpty() && need.creates()) {
      return new Verdict.Passed("does not exist yet; the flow creates it");
    }
    int count = route.map(queues).map(List::size).orElse(0);
    if (count == 0
        && need instanceof Need.Writing
        && route.filter(TopicRoute::isReadOnly).isPresent()) {
      return examination.failed(
          RocketMqError.TOPIC_READ_ONLY, "topic " + need.topic() + " may only be read");
    }
    return count > 0
        ? passed(count, purpose)
        : examination.failed(
            RocketMqError.TOPIC_MISSING,
            "topic "
                + need.topic()
                + (route.isEmpty() ? " does not exist" : " has no queue to " + purpose));
  }

  static Verdict passed(int count, String purpose) {
    return new Verdict.Passed(
        "has " + count + (count == 1 ? " queue" : " queues") + " to " + purpose);
  }
}
