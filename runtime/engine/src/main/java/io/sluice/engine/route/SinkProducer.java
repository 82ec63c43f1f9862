package io.sluice.engine.route;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.sink.TargetPosition;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Hands batches to their delivery and ends their exchange with its answer. Thread-safe. */
final class SinkProducer extends DefaultAsyncProducer {
  SinkProducer(SinkEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    exchange.setProperty(Properties.ARRIVED, true);
    Batch batch = exchange.getMessage().getBody(Batch.class);
    Passage passage = exchange.getProperty(Properties.PASSAGE, Passage.class);
    if (batch.isEmpty() && !passage.hasRefusals()) {
      callback.done(true);
      return true;
    }
    passage.deliver(batch, new ExchangeExit(exchange, callback));
    return false;
  }

  private record ExchangeExit(Exchange exchange, AsyncCallback callback, AtomicBoolean left)
      implements Passage.Exit {
    ExchangeExit(Exchange exchange, AsyncCallback callback) {
      this(exchange, callback, new AtomicBoolean());
    }

    @Override
    public void stored(Optional<TargetPosition> target) {
      if (left.compareAndSet(false, true)) {
        target.ifPresent(position -> exchange.setProperty(Properties.TARGET, position));
        callback.done(false);
      }
    }

    @Override
    public void failed(Throwable cause) {
      if (left.compareAndSet(false, true)) {
        exchange.setException(cause);
        callback.done(false);
      }
    }
  }
}
