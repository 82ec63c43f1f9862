package io.sluice.engine;

import java.util.List;

/**
 * How a graceful end went.
 *
 * @param drained whether every batch in flight was done and every position written in time. If not,
 *     what was in flight is read again at the next start.
 * @param flows all flows, as they stood at the end
 */
public record DrainReport(boolean drained, List<FlowStatus> flows) {
  public DrainReport {
    flows = List.copyOf(flows);
  }
}
