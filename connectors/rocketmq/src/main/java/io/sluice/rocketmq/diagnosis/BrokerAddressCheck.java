package io.sluice.rocketmq.diagnosis;

import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.instance.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The addresses that brokers announce mean something here: names have addresses, and a client in
 * the public network is not sent to a private one.
 */
final class BrokerAddressCheck extends AddressCheck {
  static final String NAME = "broker address";

  BrokerAddressCheck() {
    super(Place.BROKERS);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> after() {
    return List.of(RouteCheck.NAME);
  }

  @Override
  CompletableFuture<Verdict> look(Examination examination, String address) {
    if (examination.leavesNamesToProxy()) {
      return CompletableFuture.completedFuture(new Verdict.Passed("is looked up by the proxy"));
    }
    return Names.resolve(address).thenCompose(found -> judge(examination, address, found));
  }

  private static CompletableFuture<Verdict> judge(
      Examination examination, String address, List<InetAddress> found) {
    if (found.isEmpty()) {
      return CompletableFuture.completedFuture(
          examination.failed(
              DiagnosisError.NAME_UNRESOLVED,
              "a broker announces " + address + ", a name that has no address here"));
    }
    boolean strange =
        examination.instance().network() == Network.PUBLIC
            && found.stream().allMatch(Names::isPrivate);
    Verdict passed = new Verdict.Passed("is " + NameCheck.shown(found));
    return strange
        ? examination
            .reach(address)
            .thenApply(
                failure ->
                    failure.isEmpty()
                        ? passed // as over a VPN
                        : examination.failed(
                            DiagnosisError.PRIVATE_ADDRESS,
                            "a broker announces "
                                + address
                                + ", which is private and cannot be reached, in the public"
                                + " network"))
        : CompletableFuture.completedFuture(passed);
  }
}
