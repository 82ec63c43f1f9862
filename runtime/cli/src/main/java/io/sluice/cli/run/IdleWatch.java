package io.sluice.cli.run;

import io.sluice.engine.FlowStatus;
import io.sluice.flows.model.EventFlow.DesiredStatus;
import java.time.Duration;
import java.util.List;

/**
 * Tells when a run has nothing left to do: every running flow has no lag and nothing in flight, and
 * nothing has moved for a while. For one thread.
 *
 * <p>A flow that is starting, in trouble, or whose lag is unknown still has something to do; one
 * that has failed or is paused has not.
 */
final class IdleWatch {
  private final long quietNanos;
  private List<Trace> last = List.of();
  private boolean quiet;
  private long quietSince;

  IdleWatch(Duration quietTime) {
    this.quietNanos = quietTime.toNanos();
  }

  /**
   * Looks at the flows.
   *
   * @param nanoTime monotonic time of the look
   * @return whether all has been quiet for the quiet time
   */
  boolean isOver(List<FlowStatus> flows, long nanoTime) {
    List<Trace> traces = flows.stream().map(Trace::of).toList();
    boolean stillQuiet = quiet && traces.equals(last);
    quiet = flows.stream().allMatch(IdleWatch::hasNothingToDo);
    if (!stillQuiet) {
      quietSince = nanoTime;
    }
    last = traces;
    return quiet && nanoTime - quietSince >= quietNanos;
  }

  private static boolean hasNothingToDo(FlowStatus flow) {
    return switch (flow.state()) {
      case STARTING_FAILED, RUNNING_FAILED -> true;
      case READY -> flow.desired() == DesiredStatus.PAUSED;
      case STARTING -> false;
      case PAUSED -> flow.inFlight() == 0;
      case RUNNING -> !flow.troubled() && flow.inFlight() == 0 && flow.lag().orElse(1) == 0;
    };
  }

  /** What changes when something moves. */
  private record Trace(String flow, long in, long out, long filtered, long lastActivity) {
    static Trace of(FlowStatus flow) {
      return new Trace(
          flow.name(), flow.in(), flow.out(), flow.filtered(), flow.lastActivity().toEpochMilli());
    }
  }
}
