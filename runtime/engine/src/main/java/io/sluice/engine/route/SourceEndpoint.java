package io.sluice.engine.route;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code sluice-source:FLOW}: where a flow's batches enter its route. */
final class SourceEndpoint extends DefaultEndpoint {
  private volatile SourceConsumer consumer;

  SourceEndpoint(String flow, Component component) {
    super(FlowComponent.SOURCE + ":" + flow, component);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    consumer = new SourceConsumer(this, processor);
    return consumer;
  }

  /** The consumer of the one route that starts here. */
  SourceConsumer consumer() {
    return consumer;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("a source is not written to: " + this);
  }

  @Override
  public boolean isSingleton() {
    return true;
  }
}
