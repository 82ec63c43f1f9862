package io.sluice.rocketmq.diagnosis;

import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.instance.Version;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Brokers run the generation that the instance is declared to run. */
final class VersionCheck extends AddressCheck {
  static final String NAME = "version";

  VersionCheck() {
    super(Place.BROKERS);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> after() {
    return place().answering();
  }

  @Override
  CompletableFuture<Verdict> look(Examination examination, String address) {
    return examination
        .contact(Place.BROKERS, address)
        .thenApply(
            contact ->
                contact instanceof Contact.Answer answer
                    ? judge(examination, address, answer)
                    : new Verdict.NotChecked("the broker does not answer"));
  }

  private static Verdict judge(Examination examination, String address, Contact.Answer answer) {
    Version declared = examination.instance().version();
    boolean asDeclared =
        switch (declared) {
          case V4 -> !answer.isFive();
          case V5 -> answer.isFive();
          case SELF_HOSTED -> true;
        };
    return asDeclared
        ? new Verdict.Passed("runs " + answer.version())
        : examination.failed(
            DiagnosisError.VERSION_DIFFERS,
            address + " runs " + answer.version() + ", and `version` says " + declared.text());
  }
}
