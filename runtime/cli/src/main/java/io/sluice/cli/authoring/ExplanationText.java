package io.sluice.cli.authoring;

import io.sluice.cli.authoring.Explanation.StepTrace;
import io.sluice.cli.output.Terminal;
import io.sluice.flows.pattern.PatternExplanation;
import io.sluice.flows.pattern.PatternExplanation.Choice;
import io.sluice.flows.pattern.PatternExplanation.Condition;
import io.sluice.flows.pattern.PatternExplanation.Field;
import io.sluice.flows.pattern.PatternExplanation.Part;
import io.sluice.flows.transform.TransformChain.Input;
import io.sluice.sdk.record.DetachedRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An explanation as people read it:
 *
 * <pre>
 * ✗ the pattern of paid-orders (orders.yaml:9:1) does not match
 *   ✓ data.systemProperties.TAGS: "paid"
 *       ✓ "paid"
 *       ✗ "refunded"
 *   ✗ data.body.amount: 90
 *       ✗ {"numeric":[">",100]}
 * </pre>
 */
public final class ExplanationText {
  private static final int LONGEST = 2_000;

  private final Sign sign;
  private final Consumer<String> lines;

  /**
   * @param lines takes each line
   */
  public ExplanationText(Terminal terminal, Consumer<String> lines) {
    this.sign = new Sign(terminal);
    this.lines = lines;
  }

  /** Prints all of it. */
  public void print(Explanation explanation) {
    String flow = explanation.logic().flow() + " (" + explanation.logic().place() + ")";
    if (explanation.pattern().isEmpty()) {
      lines.accept(flow + " has no pattern: every record passes");
    } else {
      pattern(explanation, flow, explanation.pattern().get());
    }
    for (StepTrace step : explanation.steps()) {
      step(explanation, step);
    }
    explanation
        .error()
        .ifPresent(
            refused -> {
              lines.accept(
                  "the record is refused: "
                      + explanation.redaction().apply(refused.message())
                      + " ["
                      + refused.code().id()
                      + "]");
              lines.accept("in a run, " + explanation.logic().refusal().sentence());
            });
    explanation
        .delivered()
        .ifPresent(
            record -> {
              lines.accept(
                  "delivered to topic "
                      + explanation.redaction().apply(explanation.logic().targetTopic(record)));
              message(explanation, record, Optional.empty());
            });
  }

  private void pattern(Explanation explanation, String flow, PatternExplanation pattern) {
    lines.accept(
        sign.match(pattern.matches())
            + " the pattern of "
            + flow
            + (pattern.matches() ? " matches" : " does not match"));
    if (pattern.parts().isEmpty()) {
      lines.accept("  its parts are not shown, as it comes from a placeholder");
    }
    parts(explanation, pattern.parts(), "  ");
    if (pattern.matchesApart()) {
      lines.accept("  each part matches, but they do not within one item of a list");
    }
  }

  private void parts(Explanation explanation, List<Part> parts, String indent) {
    for (Part part : parts) {
      if (part instanceof Field field) {
        String values = field.values().isEmpty() ? "not there" : String.join(", ", field.values());
        line(explanation, indent + sign.match(field.matches()) + " " + field.path() + ": ", values);
        for (Condition condition : field.conditions()) {
          lines.accept(indent + "    " + sign.match(condition.matches()) + " " + condition.text());
        }
      } else {
        Choice choice = (Choice) part;
        lines.accept(indent + sign.match(choice.matches()) + " $or");
        for (int index = 0; index < choice.alternatives().size(); index++) {
          lines.accept(indent + "  alternative " + (index + 1));
          parts(explanation, choice.alternatives().get(index), indent + "    ");
        }
      }
    }
  }

  private void step(Explanation explanation, StepTrace step) {
    lines.accept(step.name());
    for (Input input : step.inputs()) {
      line(
          explanation,
          "  " + input.part() + " reads " + input.name() + ": ",
          input.value().isMissingNode() ? "not there" : input.value().toString());
    }
    step.made().ifPresent(made -> message(explanation, made, Optional.of("  makes")));
  }

  private void message(Explanation explanation, DetachedRecord record, Optional<String> heading) {
    heading.ifPresent(lines);
    String indent = heading.isPresent() ? "    " : "  ";
    for (MessageParts.Part part : MessageParts.of(record, explanation.redaction())) {
      line(indent + part.name() + ": ", part.value());
    }
  }

  private void line(Explanation explanation, String start, String value) {
    line(start, explanation.redaction().apply(value));
  }

  private void line(String start, String shown) {
    lines.accept(
        start
            + (shown.length() <= LONGEST
                ? shown
                : shown.substring(0, LONGEST) + "... (" + shown.length() + " characters)"));
  }
}
