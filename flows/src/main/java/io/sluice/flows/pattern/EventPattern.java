package io.sluice.flows.pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.event.EventShape;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.record.Record;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.event.ruler.JsonRuleCompiler;

/**
 * An event pattern, compiled: whether a record's event matches. Immutable and thread-safe. Looks
 * only at those parts of a record that the pattern names, and answers for any record.
 */
public final class EventPattern implements Predicate<Record> {
  private final List<Combination> combinations;
  private final Set<EventField> fields;
  private final Machines machines;
  private final Optional<Mapping> shown;
  private final SourceDescription source;

  /**
   * @param shown the pattern as the file says it; empty if that must not show
   */
  private EventPattern(
      List<Combination> combinations,
      Set<EventField> fields,
      Machines machines,
      Optional<Mapping> shown,
      SourceDescription source) {
    this.combinations = combinations;
    this.fields = fields;
    this.machines = machines;
    this.shown = shown;
    this.source = source;
  }

  /**
   * Compiles the value of {@code filterPattern}: a structure, or JSON text.
   *
   * @return the pattern; empty if every event matches, or if there are errors, which are reported
   */
  public static Optional<EventPattern> compile(
      Node pattern, SourceDescription source, Findings findings) {
    if (!(pattern instanceof Scalar text) || text.written().isEmpty()) {
      return compileVisible(pattern, source, findings);
    }
    // What a placeholder stands for must not show, so neither must findings about it (I9).
    Findings hidden = new Findings();
    Optional<EventPattern> compiled = compileVisible(pattern, source, hidden);
    if (hidden.errors() > 0) {
      findings.error(
          FlowError.BAD_PATTERN,
          text.place(),
          "what '" + text.shown() + "' stands for is not a valid event pattern",
          "Its contents are not shown, as placeholders may hold secrets; write the pattern here to"
              + " see what is wrong.");
    }
    return compiled.map(EventPattern::hidden);
  }

  private EventPattern hidden() {
    return new EventPattern(combinations, fields, machines, Optional.empty(), source);
  }

  private static Optional<EventPattern> compileVisible(
      Node pattern, SourceDescription source, Findings findings) {
    return PatternText.structure(pattern, findings)
        .filter(mapping -> !mapping.entries().isEmpty())
        .flatMap(mapping -> compileStructure(mapping, source, findings));
  }

  private static Optional<EventPattern> compileStructure(
      Mapping pattern, SourceDescription source, Findings findings) {
    int before = findings.errors();
    PatternReader reader = new PatternReader(EventShape.of(source), findings);
    ObjectNode rule = reader.read(pattern);
    return findings.errors() > before
        ? Optional.empty()
        : compiled(rule, reader.fields(), pattern, source, findings);
  }

  private static Optional<EventPattern> compiled(
      ObjectNode rule,
      Set<EventField> fields,
      Mapping pattern,
      SourceDescription source,
      Findings findings) {
    try {
      // Not Machine.addRule, which falls back to an older grammar without $or.
      List<Combination> combinations =
          Combination.of(JsonRuleCompiler.compile(rule.toString(), false));
      Machines machines = new Machines(List.of(combinations), fields, source);
      return Optional.of(
          new EventPattern(combinations, fields, machines, Optional.of(pattern), source));
    } catch (Combination.TooManyException e) {
      findings.error(
          FlowError.COSTLY_PATTERN,
          pattern.place(),
          "fields with wildcard, contains or ignored case beside other conditions make more than "
              + Alternatives.MOST
              + " combinations",
          "Use fewer such fields, or fewer alternatives in $or.");
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      findings.error(
          FlowError.BAD_PATTERN,
          pattern.place(),
          "event-ruler does not accept this pattern as a whole");
      return Optional.empty();
    }
  }

  /** What it is written out into: the event has to match one of them. */
  List<Combination> combinations() {
    return combinations;
  }

  /** The parts of the event that it looks at. */
  Set<EventField> fields() {
    return fields;
  }

  @Override
  public boolean test(Record record) {
    return !machines.match(record).isEmpty();
  }

  /** Why the event of a record matches, or does not. Slow: each field is compiled for itself. */
  public PatternExplanation explain(Record record) {
    return new PatternExplanation(
        test(record),
        shown
            .map(pattern -> new PatternExplainer(source, record).parts(pattern))
            .orElse(List.of()));
  }
}
