package io.sluice.engine.route;

import io.sluice.engine.error.EngineError;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.Record;
import org.apache.camel.Exchange;

/** The records of one batch that a rule fails on, told to the batch's passage. For one thread. */
final class RuleFaults {
  private final String flow;
  private final Batch batch;
  private final Passage passage;
  private boolean goesOn = true;

  RuleFaults(String flow, Exchange exchange) {
    this.flow = flow;
    this.batch = exchange.getMessage().getBody(Batch.class);
    this.passage = exchange.getProperty(Properties.PASSAGE, Passage.class);
  }

  /** Whether the batch goes on behind the last record that a rule failed on. */
  boolean goOn() {
    return goesOn;
  }

  /**
   * A rule failed on a record. Throws what is no record's fault.
   *
   * @param code of failures that carry none
   */
  void caught(Record record, Throwable failure, EngineError code) {
    SluiceException fault =
        failure instanceof SluiceException refused
            ? refused.at(place(record))
            : failed(record, failure, code);
    if (failure instanceof Error && !(failure instanceof StackOverflowError)) {
      throw fault;
    }
    goesOn = passage.refused(record.position(), fault);
  }

  private SluiceException failed(Record record, Throwable failure, EngineError code) {
    return new SluiceException(
        code,
        code == EngineError.RULE_FAILED
            ? "the filter failed with " + failure
            : "the transform failed with " + failure.getClass().getSimpleName(),
        place(record),
        code.remedy(),
        failure);
  }

  private Location place(Record record) {
    return Location.InFlow.of(flow, batch.partition(), record.position());
  }
}
