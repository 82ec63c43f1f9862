package io.sluice.engine.route;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.sink.TargetPosition;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/**
 * Makes one exchange of each batch and sends it through the route. Thread-safe.
 *
 * <p>A batch may be sent from within the end of the one before. Camel's reactive executor queues
 * such work per thread instead of nesting it, so the stack stays flat however long a chain of
 * immediate answers is.
 */
final class SourceConsumer extends DefaultConsumer {
  SourceConsumer(SourceEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
  }

  void send(Passage passage) {
    Exchange exchange = createExchange(true);
    exchange.getMessage().setBody(passage.offered());
    exchange.setProperty(Properties.PASSAGE, passage);
    getAsyncProcessor().process(exchange, doneSync -> ended(exchange, passage));
  }

  /** Camel keeps failures on the exchange; whoever does not look there acknowledges them (I1). */
  private void ended(Exchange exchange, Passage passage) {
    Exception failure = exchange.getException();
    if (failure != null) {
      passage.failed(failure);
    } else if (exchange.getProperty(Properties.ARRIVED) == null) {
      passage.failed(new IllegalStateException("the batch never came to the end of its route"));
    } else {
      passage.passed(
          exchange.getMessage().getBody(Batch.class),
          Optional.ofNullable(exchange.getProperty(Properties.TARGET, TargetPosition.class)));
    }
  }
}
