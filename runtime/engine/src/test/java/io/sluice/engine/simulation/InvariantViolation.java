package io.sluice.engine.simulation;

/** An invariant does not hold, or the engine broke a contract. */
final class InvariantViolation extends AssertionError {
  private final String invariant;

  InvariantViolation(String invariant, String message) {
    super(invariant + ": " + message);
    this.invariant = invariant;
  }

  /** Its number in the guarantees, or what else was promised. */
  String invariant() {
    return invariant;
  }
}
