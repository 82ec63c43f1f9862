package io.sluice.cli.authoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.output.Envelope;
import io.sluice.cli.output.Output;
import io.sluice.flows.model.FlowLogic;
import io.sluice.flows.model.Refusal.DeadLetter;
import io.sluice.flows.model.Refusal.Drop;
import io.sluice.flows.pattern.PatternExplanation;
import io.sluice.flows.pattern.PatternExplanation.Choice;
import io.sluice.flows.pattern.PatternExplanation.Field;
import io.sluice.flows.pattern.PatternExplanation.Part;
import io.sluice.flows.transform.TransformChain.Input;
import io.sluice.flows.transform.TransformChain.Step;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a flow makes of one record.
 *
 * @param logic the flow
 * @param pattern why it lets the record pass or not; empty if it has no pattern
 * @param steps its transforms, as far as the record comes
 * @param error what kept the last of them from making a record
 * @param delivered what the sink is given
 */
public record Explanation(
    FlowLogic logic,
    Optional<PatternExplanation> pattern,
    List<StepTrace> steps,
    Optional<SluiceException> error,
    Optional<DetachedRecord> delivered) {
  public Explanation {
    steps = List.copyOf(steps);
  }

  /**
   * One transform at work.
   *
   * @param made empty if it refused the record
   */
  public record StepTrace(String name, List<Input> inputs, Optional<DetachedRecord> made) {}

  /** Takes a record through a flow. */
  public static Explanation of(FlowLogic logic, DetachedRecord record) {
    Optional<PatternExplanation> pattern = logic.pattern().map(found -> found.explain(record));
    List<StepTrace> traces = new ArrayList<>();
    if (pattern.filter(found -> !found.matches()).isPresent()) {
      return new Explanation(logic, pattern, traces, Optional.empty(), Optional.empty());
    }
    DetachedRecord made = record;
    for (Step step : logic.transforms().map(chain -> chain.steps()).orElse(List.of())) {
      List<Input> inputs = step.inputs(made);
      try {
        made = step.apply(made);
        traces.add(new StepTrace(step.name(), inputs, Optional.of(made)));
      } catch (SluiceException refused) {
        traces.add(new StepTrace(step.name(), inputs, Optional.empty()));
        return new Explanation(logic, pattern, traces, Optional.of(refused), Optional.empty());
      }
    }
    return new Explanation(logic, pattern, traces, Optional.empty(), Optional.of(made));
  }

  /** Takes out what placeholders of the flow stand for (I9). */
  UnaryOperator<String> redaction() {
    return logic.redaction()::apply;
  }

  /** For programs. */
  public ObjectNode json() {
    ObjectNode node = Output.object();
    node.put("flow", logic.flow());
    node.put("matches", pattern.map(PatternExplanation::matches).orElse(true));
    pattern.ifPresent(
        found -> {
          node.put("matchesApart", found.matchesApart());
          parts(node.putArray("pattern"), found.parts());
        });
    ArrayNode traces = node.putArray("transforms");
    steps.forEach(step -> step(traces.addObject(), step));
    error.ifPresent(
        refused -> {
          node.set("error", Envelope.problem(refused));
          refusal(node);
        });
    delivered.ifPresent(
        record -> {
          node.put("topic", redaction().apply(logic.targetTopic(record)));
          node.set("delivered", message(record));
        });
    return node;
  }

  private void refusal(ObjectNode node) {
    if (logic.refusal() instanceof DeadLetter letter) {
      node.put("then", "DEAD_LETTER").put("deadLetterTopic", letter.topic());
    } else {
      node.put("then", logic.refusal() instanceof Drop ? "DROP" : "STOP");
    }
  }

  private void parts(ArrayNode array, List<Part> parts) {
    for (Part part : parts) {
      ObjectNode node = array.addObject();
      node.put("matches", part.matches());
      if (part instanceof Field field) {
        node.put("field", field.path());
        ArrayNode values = node.putArray("values");
        field.values().forEach(value -> values.add(redaction().apply(value)));
        ArrayNode conditions = node.putArray("conditions");
        field
            .conditions()
            .forEach(
                condition ->
                    conditions
                        .addObject()
                        .put("condition", condition.text())
                        .put("matches", condition.matches()));
      } else {
        ArrayNode alternatives = node.putArray("or");
        ((Choice) part)
            .alternatives()
            .forEach(alternative -> parts(alternatives.addArray(), alternative));
      }
    }
  }

  private void step(ObjectNode node, StepTrace step) {
    node.put("transform", step.name());
    ArrayNode inputs = node.putArray("inputs");
    for (Input input : step.inputs()) {
      ObjectNode entry = inputs.addObject();
      entry.put("part", input.part()).put("name", input.name());
      if (!input.value().isMissingNode()) {
        entry.put("value", redaction().apply(input.value().toString()));
      }
    }
    step.made().ifPresent(record -> node.set("output", message(record)));
  }

  private JsonNode message(DetachedRecord record) {
    ObjectNode node = Output.object();
    MessageParts.of(record, redaction())
        .forEach(
            part -> {
              if (part.name().startsWith(MessageParts.PROPERTY)) {
                node.withObject("/properties")
                    .put(part.name().substring(MessageParts.PROPERTY.length()), part.value());
              } else {
                node.put(part.name(), part.value());
              }
            });
    return node;
  }
}
