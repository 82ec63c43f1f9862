package io.sluice.http.admission;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.sluice.http.HttpError;

/**
 * Why a request is not taken.
 *
 * @param status of the answer
 * @param code in the answer
 * @param message in the answer: one sentence
 */
public record Refusal(HttpResponseStatus status, HttpError code, String message) {

  /** The body is too large. */
  public static Refusal tooLarge(int largest) {
    return new Refusal(
        HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
        HttpError.TOO_LARGE,
        "the body has more than " + largest + " bytes");
  }

  /** The request is not HTTP as it should be. */
  public static Refusal malformed() {
    return new Refusal(
        HttpResponseStatus.BAD_REQUEST, HttpError.BAD_REQUEST, "the request cannot be read");
  }

  /** The request did not come to its end in time. */
  public static Refusal tooSlow() {
    return new Refusal(
        HttpResponseStatus.REQUEST_TIMEOUT,
        HttpError.BAD_REQUEST,
        "the request did not come to its end in time");
  }

  /** There is no room for its event. */
  public static Refusal busy() {
    return new Refusal(
        HttpResponseStatus.TOO_MANY_REQUESTS, HttpError.BUSY, "too many requests are under way");
  }

  /** Its event is not stored, and will not be. */
  public static Refusal notStored(String message) {
    return new Refusal(HttpResponseStatus.SERVICE_UNAVAILABLE, HttpError.NOT_STORED, message);
  }

  /** Its event may be stored or not. */
  public static Refusal outcomeUnknown() {
    return new Refusal(
        HttpResponseStatus.GATEWAY_TIMEOUT,
        HttpError.OUTCOME_UNKNOWN,
        "the event may be stored or not");
  }
}
