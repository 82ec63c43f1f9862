package io.sluice.camel.sink;

import io.sluice.camel.endpoint.EndpointContext;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ProducerCache;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.UnitOfWorkHelper;
import org.apache.camel.support.cache.DefaultProducerCache;
import org.apache.camel.support.service.ServiceHelper;

/** The producers of an endpoint: one for all, or where they cannot be shared one for each write. */
final class EndpointProducers {
  private final Endpoint endpoint;
  private final ProducerCache cache;

  private EndpointProducers(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.cache = new DefaultProducerCache(this, endpoint.getCamelContext(), 1);
  }

  /**
   * Starts the first one, so that what is wrong with it shows now.
   *
   * @throws io.sluice.sdk.error.SluiceException {@code camel.endpoint-failed}
   */
  static EndpointProducers of(Endpoint endpoint, EndpointContext context) {
    EndpointProducers producers = new EndpointProducers(endpoint);
    try {
      context.camel().addService(producers.cache);
      ServiceHelper.startService(producers.cache);
      producers.cache.releaseProducer(endpoint, producers.cache.acquireProducer(endpoint));
      return producers;
    } catch (Exception | LinkageError failure) {
      throw context.failed(failure);
    }
  }

  /** Sends an exchange, which holds the failure if there was one. May block. */
  CompletableFuture<Exchange> send(Exchange exchange) {
    CompletableFuture<Exchange> ended = new CompletableFuture<>();
    try {
      AsyncProducer producer = cache.acquireProducer(endpoint);
      // Components leave there what is to be done at the end, such as closing a stream.
      UnitOfWork work =
          PluginHelper.getUnitOfWorkFactory(endpoint.getCamelContext()).createUnitOfWork(exchange);
      exchange.getExchangeExtension().setUnitOfWork(work);
      producer.process(
          exchange,
          doneSync -> {
            UnitOfWorkHelper.doneUow(work, exchange);
            cache.releaseProducer(endpoint, producer);
            ended.complete(exchange);
          });
    } catch (RuntimeException | LinkageError failure) {
      exchange.setException(failure);
      ended.complete(exchange);
    }
    return ended;
  }
}
