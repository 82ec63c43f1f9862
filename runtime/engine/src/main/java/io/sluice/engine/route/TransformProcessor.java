package io.sluice.engine.route;

import io.sluice.engine.error.EngineError;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Puts what a transform makes of them in place of the records of each batch, each at its position.
 * Thread-safe if the transform is.
 */
final class TransformProcessor implements Processor {
  private final String flow;
  private final Function<? super Record, DetachedRecord> transform;

  TransformProcessor(String flow, Function<? super Record, DetachedRecord> transform) {
    this.flow = flow;
    this.transform = transform;
  }

  @Override
  public void process(Exchange exchange) {
    Batch batch = exchange.getMessage().getBody(Batch.class);
    if (batch.isEmpty()) {
      return;
    }
    RuleFaults faults = new RuleFaults(flow, exchange);
    List<DetachedRecord> made = new ArrayList<>(batch.count());
    for (Record record : batch.records()) {
      if (faults.goOn()) {
        make(record, made, faults);
      }
    }
    exchange
        .getMessage()
        .setBody(
            Batch.of(batch.partition(), batch.first(), batch.next(), new RecordPayload(made))
                .under(batch.lease()));
  }

  private void make(Record record, List<DetachedRecord> made, RuleFaults faults) {
    try {
      made.add(transform.apply(record));
    } catch (RuntimeException | Error failure) {
      faults.caught(record, failure, EngineError.TRANSFORM_FAILED);
    }
  }
}
