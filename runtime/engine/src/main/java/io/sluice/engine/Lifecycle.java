package io.sluice.engine;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The state machine of a flow: which event leads where, and which is out of place. Written by the
 * flow's serial executor alone, read by any thread.
 */
final class Lifecycle {

  /** What happens to a flow. */
  enum Event {
    /** Source and sink are to be set up. */
    START,
    /** The source reads its first partitions. */
    STARTED,
    /** The source cannot be started. */
    START_FAILED,
    /** Offering is to stop. */
    PAUSE,
    /** Offering goes on. */
    RESUME,
    /** The flow cannot go on; while it starts, that is a failed start. */
    FAIL,
    /** Source and sink are released. */
    STOP
  }

  private static final Map<FlowState, Map<Event, FlowState>> TRANSITIONS = transitions();

  private volatile FlowState state = FlowState.READY;

  FlowState state() {
    return state;
  }

  /** Where an event leads from the present state, if it has a place there. */
  Optional<FlowState> next(Event event) {
    return Optional.ofNullable(TRANSITIONS.get(state).get(event));
  }

  /**
   * Makes an event happen.
   *
   * @throws IllegalStateException if it has no place in the present state
   */
  FlowState on(Event event) {
    state =
        next(event).orElseThrow(() -> new IllegalStateException(event + " of a flow in " + state));
    return state;
  }

  private static Map<FlowState, Map<Event, FlowState>> transitions() {
    Map<FlowState, Map<Event, FlowState>> table = new EnumMap<>(FlowState.class);
    table.put(FlowState.READY, Map.of(Event.START, FlowState.STARTING));
    table.put(
        FlowState.STARTING,
        Map.of(
            Event.STARTED, FlowState.RUNNING,
            Event.START_FAILED, FlowState.STARTING_FAILED,
            Event.STOP, FlowState.READY));
    table.put(
        FlowState.RUNNING,
        Map.of(
            Event.PAUSE, FlowState.PAUSED,
            Event.FAIL, FlowState.RUNNING_FAILED,
            Event.STOP, FlowState.READY));
    table.put(
        FlowState.PAUSED,
        Map.of(
            Event.RESUME, FlowState.RUNNING,
            Event.FAIL, FlowState.RUNNING_FAILED,
            Event.STOP, FlowState.READY));
    table.put(FlowState.STARTING_FAILED, Map.of(Event.START, FlowState.STARTING));
    table.put(FlowState.RUNNING_FAILED, Map.of(Event.START, FlowState.STARTING));
    return table;
  }
}
