package io.sluice.testkit.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * All connections of a proxy, and the one thread, the loop, that moves their bytes. A second thread
 * accepts connections, so that the loop may wait for a port to be opened.
 */
final class Crossing implements AutoCloseable {
  private static final int FIRST_READ = 16 << 10;
  private static final int LARGEST_READ = 256 << 10;
  private static final int READS_AT_ONCE = 4;
  private static final WriteBufferWaterMark UNWRITTEN =
      new WriteBufferWaterMark(512 << 10, 1 << 20);

  private final EventLoopGroup acceptor = threads("fault-proxy-accept");
  private final EventLoopGroup loop = threads("fault-proxy");
  // Only the loop touches these.
  private final Link link = new Link();
  private final Set<Connection> connections = new HashSet<>();

  private static EventLoopGroup threads(String name) {
    return new NioEventLoopGroup(1, new DefaultThreadFactory(name, true));
  }

  /**
   * Opens a port and connects each client of it with the server.
   *
   * @param preparation is called in the loop with both ends, before bytes flow
   */
  Listener listen(int port, InetSocketAddress server, BiConsumer<Channel, Channel> preparation) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(acceptor, loop)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.RCVBUF_ALLOCATOR, reads())
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNWRITTEN)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel client) {
                    connect(client, server, preparation);
                  }
                });
    return new Listener(bootstrap, port);
  }

  private void connect(
      Channel client, InetSocketAddress server, BiConsumer<Channel, Channel> preparation) {
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.RCVBUF_ALLOCATOR, reads())
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, UNWRITTEN)
            .handler(new ChannelInboundHandlerAdapter())
            .connect(server);
    connecting.addListener(
        done -> {
          if (!done.isSuccess() || link.isCut()) {
            Connection.reset(client);
            Connection.reset(connecting.channel());
            return;
          }
          preparation.accept(client, connecting.channel());
          Connection connection = new Connection(link, client, connecting.channel());
          connections.add(connection);
          connection.start(() -> connections.remove(connection));
        });
  }

  private static AdaptiveRecvByteBufAllocator reads() {
    AdaptiveRecvByteBufAllocator reads =
        new AdaptiveRecvByteBufAllocator(64, FIRST_READ, LARGEST_READ);
    reads.maxMessagesPerRead(READS_AT_ONCE);
    return reads;
  }

  /** Changes the link, then each connection, in the loop; returns when that is done. */
  void change(Consumer<Link> change, Consumer<Connection> then) {
    loop.submit(
            () -> {
              change.accept(link);
              Set.copyOf(connections).forEach(then);
            })
        .syncUninterruptibly();
  }

  /** Breaks all connections. The threads end soon. */
  @Override
  public void close() {
    change(Link::cut, Connection::reset);
    acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
