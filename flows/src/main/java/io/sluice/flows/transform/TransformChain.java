package io.sluice.flows.transform;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import java.util.List;
import java.util.function.Function;

/**
 * The transforms of a flow, one after the other: each sees what the former made. Immutable and
 * thread-safe.
 */
public final class TransformChain implements Function<Record, DetachedRecord> {
  private final List<Step> steps;

  TransformChain(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /** One transform of the chain. Immutable and thread-safe. */
  public static final class Step {
    private final String name;
    private final Transform transform;

    Step(String name, Transform transform) {
      this.name = name;
      this.transform = transform;
    }

    /** Where it stands in the flow, such as {@code transforms[0]}. */
    public String name() {
      return name;
    }

    /**
     * What it makes of a record.
     *
     * @throws SluiceException {@code flow.bad-output}, {@code flow.missing-value}, without a place
     */
    public DetachedRecord apply(Record record) {
      return transform.apply(record);
    }

    /** What it takes out of a record's event for each part that it makes. */
    public List<Input> inputs(Record record) {
      return transform.inputs(record);
    }
  }

  /**
   * A value that a transform takes out of an event.
   *
   * @param part what it is for, such as {@code body}
   * @param name the path, or the name of a template's variable
   * @param value missing if the event has none
   */
  public record Input(String part, String name, JsonNode value) {}

  /** At least one, in their order. */
  public List<Step> steps() {
    return steps;
  }

  /**
   * The record to write in place of one.
   *
   * @throws SluiceException {@code flow.bad-output}, {@code flow.missing-value}, without a place
   */
  @Override
  public DetachedRecord apply(Record record) {
    DetachedRecord made = steps.get(0).apply(record);
    for (Step step : steps.subList(1, steps.size())) {
      made = step.apply(made);
    }
    return made;
  }
}
