package io.sluice.testkit.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/** A port that clients dial; it keeps its number when it is closed and opened again. */
final class Listener {
  private final ServerBootstrap bootstrap;
  private final InetSocketAddress address;
  private Channel channel;

  /** Opens the port. */
  Listener(ServerBootstrap bootstrap, int port) {
    this.bootstrap = bootstrap;
    address = new InetSocketAddress("127.0.0.1", port);
    channel = bind();
  }

  String address() {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /** Listens again, if it does not. */
  void open() {
    if (!channel.isOpen()) {
      channel = bind();
    }
  }

  /** Connections are refused when it returns. */
  void shut() {
    channel.close().syncUninterruptibly();
  }

  private Channel bind() {
    return bootstrap.bind(address).syncUninterruptibly().channel();
  }
}
