package io.sluice.engine.route;

/** Who looks which records of a batch pass the rule of its flow. */
public enum Matching {
  /** The route, as of any batch. */
  BY_THE_ROUTE,
  /** Somebody has done so: those that do not pass are left out already. */
  DONE
}
