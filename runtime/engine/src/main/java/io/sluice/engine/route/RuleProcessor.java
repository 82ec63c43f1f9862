package io.sluice.engine.route;

import io.sluice.engine.error.EngineError;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.Record;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Narrows each batch to the records that a rule lets pass. Thread-safe if the rule is. */
final class RuleProcessor implements Processor {
  private final String flow;
  private final Predicate<? super Record> rule;

  RuleProcessor(String flow, Predicate<? super Record> rule) {
    this.flow = flow;
    this.rule = rule;
  }

  @Override
  public void process(Exchange exchange) {
    Batch batch = exchange.getMessage().getBody(Batch.class);
    exchange.getMessage().setBody(batch.filter(record -> passes(batch, record)));
  }

  private boolean passes(Batch batch, Record record) {
    try {
      return rule.test(record);
    } catch (RuntimeException | Error failure) {
      throw new SluiceException(
          EngineError.RULE_FAILED,
          "the filter failed with " + failure,
          Location.InFlow.of(flow, batch.partition(), record.position()),
          EngineError.RULE_FAILED.remedy(),
          failure);
    }
  }
}
