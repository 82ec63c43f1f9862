package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.error.SluiceException;
import java.util.ArrayList;
import java.util.List;

/** Proxies know who asks, and tell where the flows' topics are. */
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
      results.add(new CheckResult(name(), "look at " + topic, verdict(examination, topic)));
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

  private static Verdict verdict(Examination examination, String topic) {
    try {
      examination.proxyRoute(topic);
      return new Verdict.Passed("is permitted");
    } catch (SluiceException refused) {
      return refused.code() == RocketMqError.DENIED
          ? examination.failed(
              refused.code(),
              refused.message(),
              "Let the user of `acl` read (SUB) or write (PUB) topic "
                  + topic
                  + ", as its flows do.")
          : new Verdict.Failed(refused);
    }
  }
}
