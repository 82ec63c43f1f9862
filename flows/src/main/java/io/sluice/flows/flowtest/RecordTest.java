package io.sluice.flows.flowtest;

import io.sluice.flows.flowtest.Expectation.Delivered;
import io.sluice.flows.flowtest.Expectation.Dropped;
import io.sluice.flows.flowtest.Expectation.Refused;
import io.sluice.flows.model.FlowLogic;
import io.sluice.sdk.error.Location.InFile;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import java.util.List;
import java.util.Optional;

/** A test of a flow: what becomes of one record. */
final class RecordTest implements FlowTest {
  private final FlowLogic logic;
  private final String name;
  private final InFile place;
  private final DetachedRecord input;
  private final Expectation expectation;

  RecordTest(
      FlowLogic logic, String name, InFile place, DetachedRecord input, Expectation expectation) {
    this.logic = logic;
    this.name = name;
    this.place = place;
    this.input = input;
    this.expectation = expectation;
  }

  @Override
  public String flow() {
    return logic.flow();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public InFile place() {
    return place;
  }

  @Override
  public List<Difference> run() {
    if (logic.pattern().filter(pattern -> !pattern.test(input)).isPresent()) {
      return expectation instanceof Dropped ? List.of() : wrong("dropped by the pattern");
    }
    if (expectation instanceof Dropped) {
      return wrong("passed by the pattern");
    }
    DetachedRecord made;
    try {
      made = logic.transforms().map(transforms -> transforms.apply(input)).orElse(input);
    } catch (SluiceException refused) {
      return refused(refused);
    }
    return expectation instanceof Delivered delivered
        ? new DeliveryCheck(logic.redaction())
            .check(delivered.parts(), logic.targetTopic(made), made)
        : wrong("delivered");
  }

  private List<Difference> refused(SluiceException refused) {
    return expectation instanceof Refused expected && expected.code().equals(refused.code().id())
        ? List.of()
        : wrong(
            "error "
                + refused.code().id()
                + ": "
                + logic.redaction().apply(refused.message())
                + "\nin a run, "
                + logic.refusal().sentence());
  }

  private List<Difference> wrong(String actual) {
    String expected =
        expectation instanceof Dropped
            ? "dropped by the pattern"
            : expectation instanceof Refused refused ? "error " + refused.code() : "delivered";
    return List.of(
        new Difference("outcome", Optional.of(expected), Optional.of(actual), expectation.place()));
  }
}
