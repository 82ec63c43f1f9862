package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.route.Brokers;
import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.error.SluiceException;
import java.util.List;
import org.apache.rocketmq.remoting.protocol.route.BrokerData;

/** The name servers tell where brokers are, masters and slaves. */
final class RouteCheck implements Check {
  static final String NAME = "route";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> after() {
    return Place.NAME_SERVERS.answering();
  }

  @Override
  public List<CheckResult> make(Examination examination) {
    return List.of(new CheckResult(NAME, "", verdict(examination)));
  }

  private static Verdict verdict(Examination examination) {
    try {
      List<BrokerData> brokers = Examination.await(Brokers.registered(examination.client()));
      examination.foundBrokers(
          brokers.stream()
              .flatMap(broker -> broker.getBrokerAddrs().values().stream())
              .distinct()
              .sorted()
              .toList());
      return brokers.isEmpty()
          ? examination.failed(DiagnosisError.NO_BROKER, "no broker is registered")
          : new Verdict.Passed(
              "names "
                  + String.join(
                      ", ", brokers.stream().map(BrokerData::getBrokerName).sorted().toList()));
    } catch (SluiceException failure) {
      return new Verdict.Failed(failure);
    }
  }
}
