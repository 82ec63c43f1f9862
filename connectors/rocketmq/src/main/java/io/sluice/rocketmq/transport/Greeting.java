package io.sluice.rocketmq.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;

/**
 * Watches, next to the network, whether the server ever says anything on a connection. For the
 * connection's I/O thread, except where said.
 */
final class Greeting extends ChannelInboundHandlerAdapter {
  private volatile boolean heard;
  private volatile boolean closedSilently;
  private volatile boolean unwanted;

  /** Whether a byte has come. Any thread. */
  boolean heard() {
    return heard;
  }

  /** Whether the server ended the connection without a byte. Any thread. */
  boolean closedSilently() {
    return closedSilently;
  }

  /** From now on this side ends the connection, so that its end tells nothing. Any thread. */
  void abandon() {
    unwanted = true;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    heard = true;
    context.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ended();
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    if (failure instanceof IOException) { // a reset comes before the channel is inactive
      ended();
    }
    context.fireExceptionCaught(failure);
  }

  private void ended() {
    closedSilently = closedSilently || !heard && !unwanted;
  }
}
