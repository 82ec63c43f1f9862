package io.sluice.rocketmq.diagnosis;

import io.sluice.sdk.diagnosis.Verdict;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The names of the servers that an instance gives have addresses. */
final class NameCheck extends AddressCheck {
  static final String NAME = "name";

  NameCheck(Place place) {
    super(place);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> after() {
    return List.of();
  }

  @Override
  CompletableFuture<Verdict> look(Examination examination, String address) {
    if (examination.leavesNamesToProxy()) {
      return CompletableFuture.completedFuture(new Verdict.Passed("is looked up by the proxy"));
    }
    return Names.resolve(address)
        .thenApply(
            found ->
                found.isEmpty()
                    ? examination.failed(
                        DiagnosisError.NAME_UNRESOLVED,
                        "the name in " + address + " has no address")
                    : new Verdict.Passed("is " + shown(found)));
  }

  static String shown(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
  }
}
