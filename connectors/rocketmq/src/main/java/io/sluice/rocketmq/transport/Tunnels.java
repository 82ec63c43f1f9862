package io.sluice.rocketmq.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.resolver.NoopAddressResolverGroup;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.instance.EgressProxy;
import io.sluice.sdk.instance.EgressProxy.Resolution;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Connections through an instance's proxy. Thread-safe. */
final class Tunnels {
  private final EgressProxy proxy;
  private final int timeoutMillis;
  private final Bootstrap bootstrap;
  private final Supplier<ChannelHandler[]> handlers;

  /**
   * @param connect how long the proxy may take to answer, and to reach the server
   * @param handlers new ones for each connection, which work as on a direct one
   */
  Tunnels(
      EgressProxy proxy,
      Duration connect,
      EventLoopGroup threads,
      Supplier<ChannelHandler[]> handlers) {
    this.proxy = proxy;
    this.timeoutMillis = Math.toIntExact(connect.toMillis());
    this.handlers = handlers;
    this.bootstrap =
        new Bootstrap()
            .group(threads)
            .channel(NioSocketChannel.class)
            .resolver(
                proxy.resolution() == Resolution.PROXY
                    ? NoopAddressResolverGroup.INSTANCE
                    : DefaultAddressResolverGroup.INSTANCE)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, false)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT);
  }

  /**
   * Opens one. It counts as open when the proxy has reached the server; if it does not, that is a
   * {@link TransportFault}.
   */
  ChannelFuture open(String host, int port) {
    ProxyHandler greeting = greeting();
    greeting.setConnectTimeoutMillis(timeoutMillis);
    ChannelFuture connected =
        bootstrap
            .clone()
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(greeting).addLast(handlers.get());
                  }
                })
            .connect(host, port);
    ChannelPromise open = connected.channel().newPromise();
    String where = host + ":" + port;
    connected.addListener(
        done -> {
          if (!done.isSuccess()) {
            open.tryFailure(fault("cannot be asked for a connection to " + where, done.cause()));
          }
        });
    greeting
        .connectFuture()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                open.trySuccess();
              } else {
                open.tryFailure(fault("does not connect to " + where, done.cause()));
              }
            });
    return open;
  }

  private ProxyHandler greeting() {
    InetSocketAddress address = address();
    String user = proxy.login().map(EgressProxy.Login::user).orElse(null);
    String password = proxy.login().map(login -> login.password().reveal()).orElse(null);
    return switch (proxy.type()) {
      case SOCKS5 -> new Socks5ProxyHandler(address, user, password);
      case HTTP ->
          user == null
              ? new HttpProxyHandler(address)
              : new HttpProxyHandler(address, user, password);
    };
  }

  /** Looked up anew for each connection. */
  private InetSocketAddress address() {
    int colon = proxy.address().lastIndexOf(':');
    return new InetSocketAddress(
        proxy.address().substring(0, colon),
        Integer.parseInt(proxy.address().substring(colon + 1)));
  }

  private TransportFault fault(String what, @Nullable Throwable cause) {
    String why = cause == null ? "" : ": " + cause.getMessage();
    return new TransportFault(
        RocketMqError.PROXY_FAILED, "the proxy " + proxy.address() + " " + what + why, cause);
  }
}
