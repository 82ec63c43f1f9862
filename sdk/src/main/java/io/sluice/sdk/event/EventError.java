package io.sluice.sdk.event;

import io.sluice.sdk.error.ErrorCode;

/** What can keep events from being put on a bus. */
public enum EventError implements ErrorCode {
  INVALID(
      "event.invalid",
      Category.VALIDATION,
      "An event is not one of CloudEvents 1.0, or an attribute is longer than a bus takes.",
      "Give it a source and a type; an id and a source have at most 128 characters, a type 64, a"
          + " subject 512."),
  TOO_LARGE(
      "event.too-large",
      Category.VALIDATION,
      "An event is larger than a bus takes.",
      "An event has at most 256 KB, its attributes included. Put what is large elsewhere, and a"
          + " reference to it into the event."),
  BAD_CALL(
      "event.bad-call",
      Category.VALIDATION,
      "A call puts no event, or more than one call may.",
      "A call puts 1 to 16 events of at most 1 MB together."),
  NOT_STORED(
      "event.not-stored",
      Category.ENVIRONMENT,
      "The bus did not store an event, and it will not come later.",
      "Put it again when the instance of the bus can be reached."),
  OUTCOME_UNKNOWN(
      "event.outcome-unknown",
      Category.RUNTIME,
      "The bus did not answer for an event, which may be stored or not.",
      "Put it again with the same id: who reads it can then tell a repetition by source and id."),
  BUSY(
      "event.busy",
      Category.RUNTIME,
      "More events wait for their answers than a publisher holds.",
      "Wait for answers before more is put."),
  NO_CONNECTOR(
      "event.no-connector",
      Category.ENVIRONMENT,
      "No connector on the class path writes topics of RocketMQ.",
      "Add the library sluice-connector-rocketmq to the program.");

  private final Description description;

  EventError(String id, Category category, String meaning, String remedy) {
    this.description = new Description(id, category, meaning, remedy);
  }

  @Override
  public Description description() {
    return description;
  }
}
