package io.sluice.rocketmq.diagnosis;

import io.sluice.sdk.diagnosis.Verdict;
import io.sluice.sdk.instance.Access;
import io.sluice.sdk.instance.Instance;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The TLS handshake succeeds: chain, name and dates of certificates, those of the client too. */
final class CertificateCheck extends AddressCheck {
  private static final Duration SOON = Duration.ofDays(14);

  CertificateCheck(Place place) {
    super(place);
  }

  @Override
  public String name() {
    return place().certificate();
  }

  @Override
  public boolean concerns(Instance instance) {
    return instance.access() != Access.PLAINTEXT;
  }

  @Override
  public List<String> after() {
    return List.of(place().access());
  }

  @Override
  CompletableFuture<Verdict> look(Examination examination, String address) {
    return examination
        .contact(place(), address)
        .thenCompose(
            contact ->
                contact instanceof Contact.Failure failure
                    ? CompletableFuture.completedFuture(new Verdict.Failed(failure.problem()))
                    : examination
                        .client()
                        .certificates(address)
                        .thenApply(chain -> judge(examination, address, chain)));
  }

  private static Verdict judge(
      Examination examination, String address, List<X509Certificate> chain) {
    if (chain.isEmpty()) {
      return new Verdict.Passed("shows none, in plaintext");
    }
    X509Certificate first =
        chain.stream().min(Comparator.comparing(X509Certificate::getNotAfter)).orElseThrow();
    Instant end = first.getNotAfter().toInstant();
    String day = end.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    if (examination.clock().instant().plus(SOON).isAfter(end)) {
      return new Verdict.Doubtful(
          examination.problem(
              DiagnosisError.CERTIFICATE_EXPIRES,
              "the certificate "
                  + first.getSubjectX500Principal().getName()
                  + " of "
                  + address
                  + " expires on "
                  + day,
              DiagnosisError.CERTIFICATE_EXPIRES.remedy()));
    }
    return new Verdict.Passed(
        "shows "
            + chain.get(0).getSubjectX500Principal().getName()
            + " of "
            + chain.get(0).getIssuerX500Principal().getName()
            + ", until "
            + day);
  }
}
