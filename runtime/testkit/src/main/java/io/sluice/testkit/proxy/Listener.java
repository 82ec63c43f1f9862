package io.sluice.testkit.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A port that clients dial; it keeps its number when it is closed and opened again. */
final class Listener {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final ServerBootstrap bootstrap;
  private final InetSocketAddress address;
  private Channel channel;

  /** Holds the port while it is shut: bound, and not listening, so that nobody else gets it. */
  private Socket placeholder = new Socket();

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
      release();
      channel = bind();
    }
  }

  /** Connections are refused when it returns. */
  void shut() {
    channel.close().syncUninterruptibly();
    release();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    // A channel is closed before its socket is, which the selector does when it next looks.
    while (!hold()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(address + " does not close");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private boolean hold() {
    try {
      placeholder = new Socket();
      placeholder.setReuseAddress(true);
      placeholder.bind(address);
      return true;
    } catch (BindException stillOpen) {
      release();
      return false;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Gives the port up. */
  void close() {
    channel.close().syncUninterruptibly();
    release();
  }

  private void release() {
    try {
      placeholder.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Channel bind() {
    return bootstrap.bind(address).syncUninterruptibly().channel();
  }
}
