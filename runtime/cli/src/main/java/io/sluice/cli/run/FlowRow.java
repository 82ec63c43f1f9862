package io.sluice.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.output.Envelope;
import io.sluice.cli.output.Output;
import io.sluice.engine.ErrorCounts;
import io.sluice.engine.FlowStatus;
import io.sluice.sdk.error.SluiceException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One flow at one look, as views show it.
 *
 * @param state its state, as the engine names it
 * @param echoes records left out because they have been at the target before
 * @param duplicates records found at the target more than once
 * @param errors what became of records that the target did not take
 * @param rate records read per second since the look before
 * @param troubled whether the error stands in its way at the moment
 * @param error its last or current error
 */
record FlowRow(
    String flow,
    String state,
    long in,
    long out,
    long filtered,
    long echoes,
    long duplicates,
    ErrorCounts errors,
    long rate,
    OptionalLong lag,
    boolean troubled,
    Optional<SluiceException> error) {

  static FlowRow of(FlowStatus status, long rate) {
    return new FlowRow(
        status.name(),
        status.state().name(),
        status.in(),
        status.out(),
        status.filtered(),
        status.echoes(),
        status.duplicates(),
        status.errors(),
        rate,
        status.lag(),
        status.troubled(),
        TroubleReport.trouble(status));
  }

  /** Whether it says the same as another one, apart from the rate. */
  boolean showsSameAs(FlowRow other) {
    return words().equals(other.words());
  }

  /** Errors count by what they say: each attempt makes one of its own. */
  private List<Object> words() {
    return List.of(
        flow,
        state,
        in,
        out,
        filtered,
        echoes,
        duplicates,
        errors,
        lag,
        troubled,
        error.map(SluiceException::toString));
  }

  /** The row as JSON. */
  ObjectNode json() {
    ObjectNode node = Output.object();
    node.put("flow", flow);
    node.put("state", state);
    node.put("in", in);
    node.put("out", out);
    node.put("filtered", filtered);
    node.put("echoes", echoes);
    node.put("duplicates", duplicates);
    node.put("retrying", errors.retrying());
    node.put("deadLettered", errors.deadLettered());
    node.put("dropped", errors.dropped());
    node.put("repeats", errors.repeats());
    errors
        .breaker()
        .ifPresentOrElse(
            breaker -> node.put("breaker", breaker.name()), () -> node.putNull("breaker"));
    node.put("rate", rate);
    lag.ifPresentOrElse(records -> node.put("lag", records), () -> node.putNull("lag"));
    node.put("troubled", troubled);
    error.ifPresentOrElse(
        cause -> node.set("error", Envelope.problem(cause)), () -> node.putNull("error"));
    return node;
  }
}
