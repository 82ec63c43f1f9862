package io.sluice.flows.document;

/** Ends the reading of a file whose trouble has been reported. */
final class Unreadable extends Exception {
  Unreadable() {
    super(null, null, false, false);
  }
}
