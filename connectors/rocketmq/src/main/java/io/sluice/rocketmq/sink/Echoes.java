package io.sluice.rocketmq.sink;

/** What becomes of records that have been in the target topic before, by their stamp. */
public enum Echoes {
  /** They are left out: two flows in opposite directions do not send them round. */
  DROP,
  /** They are sent again, as to bring a rebuilt instance back what it once held. */
  KEEP
}
