package io.sluice.broker;

import org.apache.rocketmq.remoting.netty.NettyRemotingServer;
import org.apache.rocketmq.remoting.netty.NettyServerConfig;

/**
 * A server that never listens. RocketMQ insists on a second one, two ports below the first, for
 * clients older than 4.5.
 */
final class SilentServer extends NettyRemotingServer {

  SilentServer(NettyServerConfig config) {
    super(config);
  }

  @Override
  public void start() {
    // No port, and no threads.
  }
}
