package io.sluice.engine.route;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * The {@code sluice-source} or {@code sluice-sink} component. Its endpoints are registered with the
 * flow that they belong to; none is made from a URI alone.
 */
final class FlowComponent extends DefaultComponent {
  static final String SOURCE = "sluice-source";
  static final String SINK = "sluice-sink";

  @Override
  protected Endpoint createEndpoint(String uri, String flow, Map<String, Object> parameters) {
    throw new IllegalArgumentException("no flow named " + flow + " is set up");
  }
}
