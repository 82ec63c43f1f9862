package io.sluice.rocketmq.diagnosis;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.diagnosis.Verdict;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Servers take connections in the mode that the instance is configured for, and answer. */
final class AccessCheck extends AddressCheck {
  /** What {@link CertificateCheck} tells of. */
  static final Set<RocketMqError> OF_CERTIFICATES =
      Set.of(
          RocketMqError.TLS_UNTRUSTED,
          RocketMqError.TLS_WRONG_HOST,
          RocketMqError.TLS_EXPIRED,
          RocketMqError.TLS_CLIENT_REFUSED,
          RocketMqError.TLS_FILES,
          RocketMqError.TLS_FAILED);

  AccessCheck(Place place) {
    super(place);
  }

  @Override
  public String name() {
    return place().access();
  }

  @Override
  public List<String> after() {
    return List.of(place().port());
  }

  @Override
  CompletableFuture<Verdict> look(Examination examination, String address) {
    return examination
        .contact(place(), address)
        .thenCompose(
            contact ->
                contact instanceof Contact.Failure failure
                        && !OF_CERTIFICATES.contains(failure.problem().code())
                    ? CompletableFuture.completedFuture(new Verdict.Failed(failure.problem()))
                    : mode(examination, address).thenApply(Verdict.Passed::new));
  }

  private static CompletableFuture<String> mode(Examination examination, String address) {
    return switch (examination.instance().access()) {
      case PLAINTEXT -> CompletableFuture.completedFuture("takes plaintext");
      case SSL -> CompletableFuture.completedFuture("takes TLS");
      case PERMISSIVE ->
          examination
              .client()
              .certificates(address)
              .thenApply(
                  chain ->
                      chain.isEmpty()
                          ? "takes plaintext only, which PERMISSIVE puts up with"
                          : "takes TLS");
    };
  }
}
