package io.sluice.rocketmq.diagnosis;

import io.sluice.sdk.diagnosis.CheckResult;
import io.sluice.sdk.diagnosis.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A check of each server of one kind, of all at once. */
abstract class AddressCheck implements Check {
  private final Place place;

  AddressCheck(Place place) {
    this.place = place;
  }

  final Place place() {
    return place;
  }

  /** Looks at one server. The future does not fail. */
  abstract CompletableFuture<Verdict> look(Examination examination, String address);

  @Override
  public final List<CheckResult> make(Examination examination) {
    List<String> addresses = examination.addresses(place);
    List<CompletableFuture<Verdict>> looks =
        addresses.stream().map(address -> look(examination, address)).toList();
    List<CheckResult> results = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      results.add(new CheckResult(name(), addresses.get(i), looks.get(i).join()));
    }
    return results;
  }
}
