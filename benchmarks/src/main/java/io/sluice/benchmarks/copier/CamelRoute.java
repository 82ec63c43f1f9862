package io.sluice.benchmarks.copier;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A Camel route between two endpoints of camel-rocketmq, one exchange for each message. Keeps body
 * and nothing else: the component does not pass on user properties, and orders nothing.
 */
final class CamelRoute extends RouteBuilder {
  private final Copy copy;

  private CamelRoute(Copy copy) {
    this.copy = copy;
  }

  /**
   * @param arguments a {@link Copy}
   */
  public static void main(String[] arguments) throws Exception {
    CamelContext context = new DefaultCamelContext();
    context.addRoutes(new CamelRoute(Copy.of(arguments)));
    context.start();
    Thread.currentThread().join();
  }

  @Override
  public void configure() {
    from("rocketmq:%s?namesrvAddr=%s&consumerGroup=%s"
            .formatted(copy.topic(), copy.from(), copy.group()))
        .to(
            "rocketmq:%s?namesrvAddr=%s&producerGroup=%s&waitForSendResult=true"
                .formatted(copy.targetTopic(), copy.to(), copy.group()));
  }
}
