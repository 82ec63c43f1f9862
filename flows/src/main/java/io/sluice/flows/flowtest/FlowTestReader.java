package io.sluice.flows.flowtest;

import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.event.EventReader;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.flowtest.Expectation.Delivered;
import io.sluice.flows.flowtest.Expectation.Dropped;
import io.sluice.flows.flowtest.Expectation.Refused;
import io.sluice.flows.model.FlowLogic;
import io.sluice.sdk.record.DetachedRecord;
import java.util.List;
import java.util.Optional;

/** Reads the tests of flows. Every problem is reported. */
public final class FlowTestReader {
  /** Key of the list of tests. */
  public static final String TESTS = "tests";

  private static final String MATCH = "match";
  private static final String ERROR = "error";
  private static final String DELIVERED = "delivered";

  private final Findings findings;

  public FlowTestReader(Findings findings) {
    this.findings = findings;
  }

  /** The tests of a sound document, as far as they can be understood. */
  public List<FlowTest> read(Mapping document, FlowLogic logic) {
    return document.get(TESTS).stream()
        .flatMap(list -> ((Sequence) list).items().stream())
        .flatMap(test -> test((Mapping) test, logic).stream())
        .toList();
  }

  private Optional<FlowTest> test(Mapping test, FlowLogic logic) {
    Scalar name = (Scalar) test.get("name").orElseThrow();
    Mapping event = (Mapping) test.get("event").orElseThrow();
    Entry expect = test.entry("expect").orElseThrow();
    Optional<DetachedRecord> input = new EventReader(logic.source(), findings).read(event);
    Optional<Expectation> expectation = expectation(expect, (Mapping) expect.value());
    return input.isEmpty() || expectation.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RecordTest(logic, name.text(), name.place(), input.get(), expectation.get()));
  }

  /**
   * What is expected of one record.
   *
   * @param expect what messages speak of
   * @param parts the keys that say it, and no others
   */
  Optional<Expectation> expectation(Entry expect, Mapping parts) {
    Optional<Node> match = parts.get(MATCH);
    Optional<Node> error = parts.get(ERROR);
    Optional<Entry> delivered = parts.entry(DELIVERED);
    boolean dropped =
        match.filter(node -> !Boolean.parseBoolean(((Scalar) node).text())).isPresent();
    if (dropped && parts.entries().size() > 1) {
      return bad(expect, "'match: false' stands beside what is to become of the record");
    }
    if (error.isPresent() && delivered.isPresent()) {
      return bad(expect, "an error stands beside what is to be delivered");
    }
    if (dropped) {
      return Optional.of(new Dropped(match.get().place()));
    }
    return Optional.of(
        error
            .<Expectation>map(code -> new Refused(((Scalar) code).text(), code.place()))
            .orElseGet(() -> delivered(expect, delivered)));
  }

  private static Expectation delivered(Entry expect, Optional<Entry> delivered) {
    return delivered
        .map(entry -> new Delivered((Mapping) entry.value(), entry.place()))
        .orElseGet(() -> new Delivered(new Mapping(expect.place(), List.of()), expect.place()));
  }

  private Optional<Expectation> bad(Entry expect, String message) {
    findings.error(
        FlowError.BAD_EXPECTATION, expect.place(), message, FlowError.BAD_EXPECTATION.remedy());
    return Optional.empty();
  }
}
