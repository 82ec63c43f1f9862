package io.sluice.camel.endpoint;

import org.apache.camel.Endpoint;

/** What camel-rocketmq needs so that its acknowledgements mean something. */
final class RocketMq {
  static final String COMPONENT = "rocketmq";

  private RocketMq() {}

  /** The endpoint, wrapped if it is camel-rocketmq's. */
  static Endpoint acknowledging(Endpoint endpoint, EndpointAddress address) {
    return address.component().equals(COMPONENT) ? new AcknowledgingEndpoint(endpoint) : endpoint;
  }
}
