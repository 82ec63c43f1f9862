package io.sluice.rocketmq.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Asks whether a server speaks TLS: sends the first message of a handshake and looks at the first
 * byte of the answer. It sends nothing else, so that it need not trust anybody.
 */
final class TlsProbe extends ChannelInboundHandlerAdapter {
  private static final long PATIENCE_SECONDS = 2;

  private final CompletableFuture<Boolean> answer;

  private TlsProbe(CompletableFuture<Boolean> answer) {
    this.answer = answer;
  }

  /**
   * Whether the server at the other end of a new connection speaks TLS; no, if it does not answer
   * in time. Closes the connection.
   */
  static CompletableFuture<Boolean> speaksTls(ChannelFuture connected) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Channel channel = connected.channel();
    connected.addListener(
        done -> {
          if (!done.isSuccess()) {
            answer.complete(false);
          } else {
            ask(channel, answer);
          }
        });
    return answer
        .completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .whenComplete((yes, failure) -> channel.close());
  }

  private static void ask(Channel channel, CompletableFuture<Boolean> answer) {
    try {
      SslHandler hello =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .build()
              .newHandler(channel.alloc());
      channel.pipeline().addFirst(new TlsProbe(answer), hello);
    } catch (SSLException failure) {
      answer.completeExceptionally(failure);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes && bytes.isReadable()) {
      answer.complete(TlsRecord.isAnswer(bytes));
    }
    ReferenceCountUtil.release(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    answer.complete(false);
    context.fireChannelInactive();
  }
}
