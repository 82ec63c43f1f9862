package io.sluice.http;

import io.sluice.sdk.error.ErrorCode;

/** What can be wrong with an HTTP source, and what its callers are told. */
public enum HttpError implements ErrorCode {
  TLS_MISSING(
      "http.tls-missing",
      Category.VALIDATION,
      "A source that is to speak HTTPS has no certificate.",
      "Give tls with certificate and privateKey, or set type: HTTP."),
  BAD_CERTIFICATE(
      "http.bad-certificate",
      Category.VALIDATION,
      "The certificate or the key of an HTTP source cannot be used.",
      "Both are PEM text; the key is PKCS8, as openssl pkcs8 -topk8 makes it. Name files as"
          + " ${file:PATH}."),
  BAD_ADDRESS(
      "http.bad-address",
      Category.VALIDATION,
      "An entry of a list of addresses is neither an address nor a block of addresses.",
      "Write 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32; names are not looked up."),
  BAD_DOMAIN(
      "http.bad-domain",
      Category.VALIDATION,
      "An entry of a list of domains is none.",
      "Write shop.example.com, or *.example.com for all below it, without scheme, port and path."),
  WITHOUT_EFFECT(
      "http.without-effect",
      Category.VALIDATION,
      "A key of an HTTP source has no effect beside the others, or lacks one that it needs.",
      "Lists of addresses and domains go with the securityConfig of their name, tls with HTTPS."),
  NOT_LISTENING(
      "http.not-listening",
      Category.ENVIRONMENT,
      "An HTTP source cannot listen at its address and port.",
      "Check that no other process or flow has the port, and that the address is the machine's own."
          + " Sluice goes on trying."),
  BAD_REQUEST(
      "http.bad-request",
      Category.RUNTIME,
      "A request is not HTTP as it should be, or did not come to its end in time.",
      "Told to the caller with 400 or 408."),
  FORBIDDEN(
      "http.forbidden",
      Category.RUNTIME,
      "Requests from the caller's address or page are not taken.",
      "Told to the caller with 403. securityConfig says whose requests are taken."),
  NOT_FOUND(
      "http.not-found",
      Category.RUNTIME,
      "A request is for another path than the source's.",
      "Told to the caller with 404."),
  METHOD_NOT_ALLOWED(
      "http.method-not-allowed",
      Category.RUNTIME,
      "A request has a method that the source does not take.",
      "Told to the caller with 405. method lists those that are taken."),
  TOO_LARGE(
      "http.too-large",
      Category.RUNTIME,
      "The body of a request is larger than the source takes.",
      "Told to the caller with 413. maximumBodySize says how large it may be."),
  BUSY(
      "http.busy",
      Category.RUNTIME,
      "The flow has as much in flight as it may.",
      "Told to the caller with 429, who may try again after a second."),
  NOT_STORED(
      "http.not-stored",
      Category.RUNTIME,
      "The event of a request was not stored: the target did not take it in time, or the flow is"
          + " paused or stops.",
      "Told to the caller with 503, who may try again."),
  OUTCOME_UNKNOWN(
      "http.outcome-unknown",
      Category.RUNTIME,
      "The target did not say in time whether it stored the event of a request.",
      "Told to the caller with 504. A request that is sent again may be stored twice.");

  private final Description description;

  HttpError(String id, Category category, String meaning, String remedy) {
    this.description = new Description(id, category, meaning, remedy);
  }

  @Override
  public Description description() {
    return description;
  }
}
