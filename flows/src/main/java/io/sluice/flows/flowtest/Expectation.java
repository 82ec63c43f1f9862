package io.sluice.flows.flowtest;

import io.sluice.flows.document.Node.Mapping;
import io.sluice.sdk.error.Location.InFile;

/** What a test expects of its flow. */
sealed interface Expectation {

  /** Where the test says so. */
  InFile place();

  /** The pattern does not let the record pass. */
  record Dropped(InFile place) implements Expectation {}

  /** A transform refuses the record with an error. */
  record Refused(String code, InFile place) implements Expectation {}

  /**
   * The sink is given a record.
   *
   * @param parts which it has; an empty block if it may be any
   */
  record Delivered(Mapping parts, InFile place) implements Expectation {}
}
