package io.sluice.rocketmq.diagnosis;

import io.sluice.sdk.diagnosis.Verdict;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The time of proxies is not to be had: nothing that they answer tells it. */
final class ProxyClockCheck extends AddressCheck {
  ProxyClockCheck() {
    super(Place.PROXIES);
  }

  @Override
  public String name() {
    return ClockCheck.NAME;
  }

  @Override
  public List<String> after() {
    return place().answering();
  }

  @Override
  CompletableFuture<Verdict> look(Examination examination, String address) {
    return CompletableFuture.completedFuture(
        new Verdict.NotChecked("proxies do not tell their time; look at it on their machine"));
  }
}
