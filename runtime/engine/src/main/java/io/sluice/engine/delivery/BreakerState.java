package io.sluice.engine.delivery;

/** What a target's circuit breaker does with writes. */
public enum BreakerState {
  /** All may begin. */
  CLOSED,
  /** None may: the target was down a moment ago. */
  OPEN,
  /** One is under way that tells whether the target is back. */
  HALF_OPEN
}
