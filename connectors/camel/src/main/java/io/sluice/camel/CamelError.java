package io.sluice.camel;

import io.sluice.sdk.error.ErrorCode;

/** What can be wrong with endpoints of Camel, and with what goes through them. */
public enum CamelError implements ErrorCode {
  UNKNOWN_COMPONENT(
      "unknown-component",
      Category.VALIDATION,
      "The URI of an endpoint begins with the name of a component that Camel does not have.",
      "Check the spelling. Camel's catalogue lists its components:"
          + " https://camel.apache.org/components/."),
  COMPONENT_NOT_INSTALLED(
      "component-not-installed",
      Category.VALIDATION,
      "Camel has the component, but Sluice does not carry its library.",
      "Put the library, of the Camel version that `sluice version` shows, and the libraries that it"
          + " needs into a folder, and name the folder in SLUICE_LIBRARIES."),
  UNKNOWN_OPTION(
      "unknown-option",
      Category.VALIDATION,
      "An endpoint is given an option that its component does not have, or not in this direction.",
      "Check the spelling: names of options are case-sensitive."),
  MISSING_OPTION(
      "missing-option",
      Category.VALIDATION,
      "An option that a component needs is missing.",
      "Add it to the `uri` or to `parameters`."),
  BAD_OPTION(
      "bad-option",
      Category.VALIDATION,
      "An option of an endpoint has a value that it does not take.",
      "See the option in the description of the component, at"
          + " https://camel.apache.org/components/."),
  BAD_ENDPOINT(
      "bad-endpoint",
      Category.VALIDATION,
      "The URI of an endpoint cannot be understood, or its component does not work in this"
          + " direction.",
      "Write it as Camel does, component:path?option=value."),
  ENDPOINT_FAILED(
      "endpoint-failed",
      Category.ENVIRONMENT,
      "An endpoint could not be set up or started.",
      "Check that its server runs and can be reached from here, that its port is free if it listens,"
          + " and its options. Sluice goes on trying unless the options are to blame."),
  NOT_DELIVERED(
      "not-delivered",
      Category.ENVIRONMENT,
      "An endpoint did not take a record: nothing of it arrived.",
      "Look at the server behind the endpoint. Sluice goes on trying."),
  REFUSED(
      "refused",
      Category.RUNTIME,
      "The server behind an endpoint refuses a record for what it is or whom it comes from, and"
          + " always will.",
      "Correct the record by a transform, keep such records out with filterPattern, or correct the"
          + " endpoint's address and credentials, then resume the flow. The record was not"
          + " acknowledged."),
  OUTCOME_UNKNOWN(
      "outcome-unknown",
      Category.RUNTIME,
      "A record was given to an endpoint, which then failed or did not answer in time: it may have"
          + " arrived or not.",
      "Nothing to do: Sluice sends it again, so that it may arrive twice. Raise `timeout` if the"
          + " server is only slow."),
  BAD_MESSAGE(
      "bad-message",
      Category.RUNTIME,
      "A message of an endpoint cannot become a record: its body is too large, cannot be read as"
          + " bytes, or is not a valid event.",
      "The endpoint was told so; what then becomes of the message is its affair. `maximumBodySize`"
          + " of the source says how large a body may be."),
  NOT_STORED(
      "not-stored",
      Category.RUNTIME,
      "A message of an endpoint was not stored, because the flow stopped before.",
      "The endpoint was told so. One that keeps its messages gives it again when the flow runs.");

  private final Description description;

  CamelError(String name, Category category, String meaning, String remedy) {
    this.description = new Description("camel." + name, category, meaning, remedy);
  }

  @Override
  public Description description() {
    return description;
  }
}
