package io.sluice.engine;

/** What a flow is doing, whatever it is asked to do. */
public enum FlowState {
  /** Known, and neither source nor sink is open. */
  READY,
  /** Source and sink are being set up; a start that fails and may succeed later is repeated. */
  STARTING,
  /** Records move. */
  RUNNING,
  /** Connected; no new records are offered. */
  PAUSED,
  /** It could not be set up; resuming it tries again. */
  STARTING_FAILED,
  /** It cannot go on; resuming it starts it anew. */
  RUNNING_FAILED
}
