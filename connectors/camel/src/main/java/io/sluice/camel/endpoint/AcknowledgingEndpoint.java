package io.sluice.camel.endpoint;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.service.ServiceHelper;

/**
 * An endpoint whose consumer takes a message for done unless an exception is thrown at it: that of
 * camel-rocketmq 4.17 acknowledges messages whose exchange failed, because it never looks at the
 * exchange.
 */
final class AcknowledgingEndpoint extends DefaultEndpoint {
  private final Endpoint endpoint;

  AcknowledgingEndpoint(Endpoint endpoint) {
    super(endpoint.getEndpointUri(), null);
    this.endpoint = endpoint;
    setCamelContext(endpoint.getCamelContext());
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    return endpoint.createConsumer(exchange -> process(processor, exchange));
  }

  private static void process(Processor processor, Exchange exchange) throws Exception {
    processor.process(exchange);
    if (exchange.getException() != null) {
      throw exchange.getException();
    }
  }

  @Override
  public Producer createProducer() throws Exception {
    return endpoint.createProducer();
  }

  @Override
  public boolean isSingleton() {
    return endpoint.isSingleton();
  }

  @Override
  protected void doStart() throws Exception {
    ServiceHelper.startService(endpoint);
    super.doStart();
  }

  @Override
  protected void doStop() throws Exception {
    super.doStop();
    ServiceHelper.stopService(endpoint);
  }
}
