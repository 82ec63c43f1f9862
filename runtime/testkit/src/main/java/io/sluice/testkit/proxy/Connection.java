package io.sluice.testkit.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.util.Map;

/**
 * A client's connection to the proxy and the one that the proxy made to the server for it. Only the
 * proxy's loop touches it.
 */
final class Connection {
  private final Channel client;
  private final Channel server;
  private final Map<Direction, Lane> lanes;

  Connection(Link link, Channel client, Channel server) {
    this.client = client;
    this.server = server;
    lanes =
        Map.of(
            Direction.TO_SERVERS, new Lane(link, Direction.TO_SERVERS, client, server),
            Direction.TO_CLIENTS, new Lane(link, Direction.TO_CLIENTS, server, client));
  }

  /** Lets bytes flow; runs the action when the connection is over. */
  void start(Runnable whenOver) {
    client.pipeline().addLast(new End(lane(Direction.TO_SERVERS), lane(Direction.TO_CLIENTS)));
    server.pipeline().addLast(new End(lane(Direction.TO_CLIENTS), lane(Direction.TO_SERVERS)));
    client.closeFuture().addListener(closed -> whenOver.run());
    if (!client.isActive()) {
      server.close();
      return;
    }
    client.config().setAutoRead(true);
    server.config().setAutoRead(true);
  }

  Lane lane(Direction direction) {
    return lanes.get(direction);
  }

  /** Goes on after a fault. */
  void heal() {
    if (lane(Direction.TO_CLIENTS).isLossy()) {
      reset();
      return;
    }
    for (Lane lane : lanes.values()) {
      lane.allow(Long.MAX_VALUE);
      lane.deliver();
    }
  }

  /** Breaks both connections at once, with what is on the way. */
  void reset() {
    lanes.values().forEach(Lane::discard);
    reset(client);
    reset(server);
  }

  /** Closes without a farewell (RST). */
  static void reset(Channel channel) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    channel.close();
  }

  /** One of the two ends: feeds one lane and is fed by the other. */
  private static final class End extends ChannelInboundHandlerAdapter {
    private final Lane outOf;
    private final Lane into;

    End(Lane outOf, Lane into) {
      this.outOf = outOf;
      this.into = into;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      outOf.accept((ByteBuf) bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      outOf.deliver();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (context.channel().isWritable()) {
        into.deliver();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      into.discard();
      outOf.end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
      context.close(); // Whoever is on the other side broke it.
    }
  }
}
