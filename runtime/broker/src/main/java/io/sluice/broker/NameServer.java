package io.sluice.broker;

import org.apache.rocketmq.namesrv.NamesrvController;

/** RocketMQ's name server of one integrated broker. */
final class NameServer implements AutoCloseable {
  private final NamesrvController controller;

  private NameServer(NamesrvController controller) {
    this.controller = controller;
  }

  static NameServer create(RocketmqConfig config, int port) {
    return new NameServer(
        new NamesrvController(config.nameServer(), config.server(port), config.nameServerClient()));
  }

  void start() throws Exception {
    controller.initialize();
    controller.start();
  }

  @Override
  public void close() {
    if (controller.getRemotingServer() != null) {
      Leftovers.end(controller.getRemotingClient());
      Leftovers.end(controller.getRemotingServer());
      controller.shutdown();
    }
  }
}
