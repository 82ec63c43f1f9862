package io.sluice.engine.route;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code sluice-sink:FLOW}: where a flow's batches leave its route. */
final class SinkEndpoint extends DefaultEndpoint {
  SinkEndpoint(String flow, Component component) {
    super(FlowComponent.SINK + ":" + flow, component);
  }

  @Override
  public Producer createProducer() {
    return new SinkProducer(this);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException("a sink is not read from: " + this);
  }

  @Override
  public boolean isSingleton() {
    return true;
  }
}
