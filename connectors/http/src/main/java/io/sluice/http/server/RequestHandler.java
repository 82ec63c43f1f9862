package io.sluice.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.sluice.http.admission.Admission;
import io.sluice.http.admission.Refusal;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The requests of one connection, one at a time: nothing is read behind a request before that is
 * answered. Called on the connection's thread.
 */
final class RequestHandler extends SimpleChannelInboundHandler<HttpObject> {
  /** How long a connection may be open between requests. */
  private static final int IDLE_SECONDS = 60;

  /** How long a request may take to come in. */
  private static final int REQUEST_SECONDS = 30;

  /** How much of a refused body is read to its end, so that the caller reads the answer. */
  private static final long DISCARDED = 1 << 20;

  private final Admission admission;
  private final List<String> methods;
  private final int largestBody;
  private final Reception reception;

  private Optional<HttpRequest> head = Optional.empty();
  private Optional<Refusal> refusal = Optional.empty();
  private ByteArrayOutputStream body = new ByteArrayOutputStream();
  private long received;
  private Optional<ScheduledFuture<?>> deadline = Optional.empty();
  private boolean over;

  RequestHandler(Admission admission, List<String> methods, int largestBody, Reception reception) {
    this.admission = admission;
    this.methods = methods;
    this.largestBody = largestBody;
    this.reception = reception;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    awaitRequest(context);
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    disarm();
    context.fireChannelInactive();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    if (over) {
      return;
    }
    if (message.decoderResult().isFailure()) {
      answerAndClose(context, Refusal.malformed());
      return;
    }
    if (message instanceof HttpRequest request) {
      begin(context, request);
    }
    if (message instanceof HttpContent content && head.isPresent()) {
      add(context, content.content());
      if (content instanceof LastHttpContent && !over) {
        end(context, head.get());
      }
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    arm(context, REQUEST_SECONDS, () -> answerAndClose(context, Refusal.tooSlow()));
    head = Optional.of(request);
    body = new ByteArrayOutputStream();
    received = 0;
    refusal =
        admission
            .refusal(request, (InetSocketAddress) context.channel().remoteAddress())
            .or(
                () ->
                    HttpUtil.getContentLength(request, 0L) > largestBody
                        ? Optional.of(Refusal.tooLarge(largestBody))
                        : Optional.empty());
    if (HttpUtil.is100ContinueExpected(request)) {
      if (refusal.isPresent()) {
        answerAndClose(context, refusal.get());
      } else {
        context.writeAndFlush(
            new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
      }
    }
  }

  private void add(ChannelHandlerContext context, ByteBuf part) {
    received += part.readableBytes();
    if (received > largestBody && refusal.isEmpty()) {
      refusal = Optional.of(Refusal.tooLarge(largestBody));
    }
    if (refusal.isEmpty()) {
      byte[] bytes = new byte[part.readableBytes()];
      part.readBytes(bytes);
      body.writeBytes(bytes);
    } else {
      body = new ByteArrayOutputStream();
      if (received > DISCARDED) {
        answerAndClose(context, refusal.get());
      }
    }
  }

  private void end(ChannelHandlerContext context, HttpRequest request) {
    disarm();
    context.channel().config().setAutoRead(false);
    boolean keeps = HttpUtil.isKeepAlive(request);
    byte[] whole = body.toByteArray();
    body = new ByteArrayOutputStream();
    Caller caller =
        answer ->
            context.executor().execute(() -> answer(context, request.method(), answer, keeps));
    if (refusal.isPresent()) {
      caller.answer(Answer.refused(refusal.get(), methods));
    } else {
      reception.take(request, whole, caller);
    }
  }

  private void answer(
      ChannelHandlerContext context, HttpMethod method, Answer answer, boolean keeps) {
    head = Optional.empty();
    ChannelFuture written = context.writeAndFlush(answer.response(method, keeps));
    if (keeps) {
      awaitRequest(context);
      context.channel().config().setAutoRead(true);
    } else {
      over = true;
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void answerAndClose(ChannelHandlerContext context, Refusal reason) {
    disarm();
    HttpMethod method = head.map(HttpRequest::method).orElse(HttpMethod.POST);
    answer(context, method, Answer.refused(reason, methods), false);
  }

  private void awaitRequest(ChannelHandlerContext context) {
    arm(context, IDLE_SECONDS, context::close);
  }

  private void arm(ChannelHandlerContext context, int seconds, Runnable late) {
    disarm();
    deadline = Optional.of(context.executor().schedule(late, seconds, TimeUnit.SECONDS));
  }

  private void disarm() {
    deadline.ifPresent(timer -> timer.cancel(false));
    deadline = Optional.empty();
  }

  /** A connection that broke, or speaks no HTTP: nothing is to be done for it. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
