package io.sluice.engine.route;

import io.sluice.engine.error.EngineError;
import io.sluice.sdk.batch.Batch;
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
    if (exchange.getProperty(Properties.PASSAGE, Passage.class).matching() == Matching.DONE) {
      return;
    }
    Batch batch = exchange.getMessage().getBody(Batch.class);
    RuleFaults faults = new RuleFaults(flow, exchange);
    exchange.getMessage().setBody(batch.filter(record -> passes(record, faults)));
  }

  private boolean passes(Record record, RuleFaults faults) {
    if (!faults.goOn()) {
      return false;
    }
    try {
      return rule.test(record);
    } catch (RuntimeException | Error failure) {
      faults.caught(record, failure, EngineError.RULE_FAILED);
      return false;
    }
  }
}
