package io.sluice.rocketmq.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches, next to the network, whether the server ever says anything on a connection. For the
 * connection's I/O thread, except where said.
 */
final class Greeting extends ChannelInboundHandlerAdapter {
  private volatile boolean connected;
  private volatile boolean heard;
  private volatile boolean alerted;
  private volatile boolean closedSilently;
  private volatile boolean unwanted;
  private volatile @Nullable ChannelHandlerContext context;
  private @Nullable CompletableFuture<Void> diagnosis;

  /** Whether there was a connection that might bring any. Any thread. */
  boolean connected() {
    return connected;
  }

  /** Whether a byte has come. Any thread. */
  boolean heard() {
    return heard;
  }

  /** Whether the server's first word was that of one that misses TLS. Any thread. */
  boolean alerted() {
    return alerted;
  }

  /** Whether the server ended the connection without a byte. Any thread. */
  boolean closedSilently() {
    return closedSilently;
  }

  /** From now on this side ends the connection, so that its end tells nothing. Any thread. */
  void abandon() {
    unwanted = true;
  }

  /** Ends the connection at once: what TLS has not written yet stays unwritten. Any thread. */
  void cut() {
    ChannelHandlerContext here = context;
    if (here != null) {
      here.close();
    }
  }

  /** Why the connection ended, found out once. Any thread. */
  synchronized CompletableFuture<Void> diagnosis(Supplier<CompletableFuture<Void>> examination) {
    if (diagnosis == null) {
      diagnosis = examination.get();
    }
    return diagnosis;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    connected = added.channel().isActive();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    connected = true;
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!heard) {
      heard = true;
      alerted = message instanceof ByteBuf bytes && TlsRecord.isAlert(bytes);
    }
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
