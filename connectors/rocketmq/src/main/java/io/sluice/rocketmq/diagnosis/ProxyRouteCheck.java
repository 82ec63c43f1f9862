package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.rocketmq.grpc.ProxyRoute;
import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The proxies to which clients are sent for the brokers of the flows' topics can be reached. */
final class ProxyRouteCheck implements Check {
  @Override
  public String name() {
    return RouteCheck.NAME;
  }

  @Override
  public List<String> after() {
    return List.of(CredentialsCheck.NAME);
  }

  @Override
  public List<CheckResult> make(Examination examination) {
    SortedMap<String, TreeSet<String>> brokers = new TreeMap<>();
    for (String topic : examination.topics()) {
      examination
          .toldProxyRoute(topic)
          .map(ProxyRoute::proxies)
          .orElse(Map.of())
          .forEach(
              (broker, proxy) ->
                  brokers.computeIfAbsent(proxy, absent -> new TreeSet<>()).add(broker));
    }
    List<CheckResult> results = new ArrayList<>();
    brokers.forEach(
        (proxy, served) ->
            results.add(new CheckResult(name(), proxy, verdict(examination, proxy, served))));
    return results;
  }

  private static Verdict verdict(Examination examination, String proxy, TreeSet<String> brokers) {
    String served = String.join(", ", brokers);
    return examination
        .reach(proxy)
        .join()
        .map(
            failure ->
                examination.failed(
                    RocketMqError.UNREACHABLE,
                    "clients are sent to "
                        + proxy
                        + " for "
                        + served
                        + ", which does not open: "
                        + PortCheck.words(failure),
                    InboundRule.text(examination.instance(), Place.PROXIES, proxy)))
        .orElseGet(() -> new Verdict.Passed("serves " + served));
  }
}
