package io.sluice.rocketmq.diagnosis;

import io.sluice.sdk.diagnosis.Verdict;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Whoever answers by gRPC is of 5.x or later; more exactly proxies do not tell. */
final class ProxyVersionCheck extends AddressCheck {
  ProxyVersionCheck() {
    super(Place.PROXIES);
  }

  @Override
  public String name() {
    return VersionCheck.NAME;
  }

  @Override
  public List<String> after() {
    return place().answering();
  }

  @Override
  CompletableFuture<Verdict> look(Examination examination, String address) {
    return examination
        .contact(place(), address)
        .thenApply(
            contact ->
                contact instanceof Contact.ProxyAnswer
                    ? new Verdict.Passed("is of 5.x, as it answers by gRPC")
                    : new Verdict.NotChecked("the proxy does not answer"));
  }
}
