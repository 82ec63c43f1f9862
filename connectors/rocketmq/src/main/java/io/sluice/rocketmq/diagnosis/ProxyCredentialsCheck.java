package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.grpc.ProxyRoute;
import io.sluice.rocketmq.route.Queue;
import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Need;
import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.error.SluiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Proxies know who asks, and permit what flows do. */
final class ProxyCredentialsCheck implements Check {
  @Override
  public String name() {
    return CredentialsCheck.NAME;
  }

  @Override
  public List<String> after() {
    return Place.PROXIES.answering();
  }

  @Override
  public List<CheckResult> make(Examination examination) {
    List<CheckResult> results = strangers(examination);
    if (!results.isEmpty()) {
      return results;
    }
    for (String topic : examination.topics()) {
      hidden(examination, topic).ifPresent(results::add);
    }
    ProxyRights rights = new ProxyRights(examination);
    for (Need.Reading need : examination.needs(Need.Reading.class)) {
      String group = need.group().orElse("");
      if (!group.isEmpty() && has(examination, need, ProxyRoute::readable)) {
        results.add(
            result(
                "read " + need.topic(),
                rights.refusalToRead(need.topic(), group),
                "Let the user of `acl` read topic "
                    + need.topic()
                    + " and group "
                    + group
                    + " (SUB).",
                examination));
      }
    }
    for (Need.Writing need : examination.needs(Need.Writing.class)) {
      if (has(examination, need, ProxyRoute::writable)) {
        results.add(
            result(
                "write " + need.topic(),
                rights.refusalToWrite(need.topic()),
                "Let the user of `acl` write topic " + need.topic() + " (PUB).",
                examination));
      }
    }
    return results.isEmpty()
        ? List.of(
            new CheckResult(name(), "", new Verdict.Passed(CredentialsCheck.accepted(examination))))
        : results;
  }

  /** Proxies that do not know who asks; topics need not be asked for then. */
  private List<CheckResult> strangers(Examination examination) {
    List<CheckResult> results = new ArrayList<>();
    for (String address : examination.addresses(Place.PROXIES)) {
      if (examination.contact(Place.PROXIES, address).join()
          instanceof Contact.ProxyAnswer answer) {
        answer
            .refusal()
            .ifPresent(
                refusal ->
                    results.add(new CheckResult(name(), address, new Verdict.Failed(refusal))));
      }
    }
    return results;
  }

  private static boolean has(
      Examination examination, Need need, Function<ProxyRoute, List<Queue>> queues) {
    return examination
        .toldProxyRoute(need.topic())
        .filter(route -> !queues.apply(route).isEmpty())
        .isPresent();
  }

  /** A topic that proxies do not tell of. */
  private Optional<CheckResult> hidden(Examination examination, String topic) {
    try {
      examination.proxyRoute(topic);
      return Optional.empty();
    } catch (SluiceException refused) {
      return Optional.of(
          result(
              "look at " + topic,
              Optional.of(refused),
              "Let the user of `acl` read (SUB) or write (PUB) topic "
                  + topic
                  + ", as its flows do.",
              examination));
    }
  }

  private CheckResult result(
      String what, Optional<SluiceException> refusal, String remedy, Examination examination) {
    return new CheckResult(
        name(),
        what,
        refusal
            .<Verdict>map(
                problem ->
                    problem.code() == RocketMqError.DENIED
                        ? examination.failed(problem.code(), problem.message(), remedy)
                        : new Verdict.Failed(problem))
            .orElseGet(() -> new Verdict.Passed("is permitted")));
  }
}
