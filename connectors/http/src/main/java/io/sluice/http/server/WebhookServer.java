package io.sluice.http.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.OptionalSslHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.sluice.http.HttpError;
import io.sluice.http.HttpSourceConfiguration;
import io.sluice.http.admission.Admission;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.event.Event;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Listens at one port, with two threads of its own. Thread-safe. */
public final class WebhookServer {
  private static final int THREADS = 2;
  private static final long QUIET_MILLIS = 50;
  private static final long LONGEST_STOP_MILLIS = 2_000;

  private final HttpSourceConfiguration configuration;
  private final Admission admission;
  private final Reception reception;
  private final Optional<SslContext> tls;
  private final EventLoopGroup threads;
  private final AtomicInteger connections = new AtomicInteger();

  /**
   * @param flow names the threads
   * @param sourceName for events of a source that does not say itself what they come from
   * @param taken gets each request that is to be taken, on the server's threads; does not block
   * @throws io.sluice.sdk.error.SluiceException {@code http.bad-certificate}
   */
  public WebhookServer(
      HttpSourceConfiguration configuration,
      String flow,
      String sourceName,
      Supplier<Instant> now,
      Consumer<OpenRequest> taken) {
    this.configuration = configuration;
    this.admission = new Admission(configuration);
    this.tls = configuration.tls().map(Tls::context);
    RequestEvents events = new RequestEvents(configuration.source().orElse(sourceName));
    this.reception =
        (request, body, caller) -> {
          Instant arrivedAt = now.get();
          Event event = events.of(request, body, arrivedAt);
          taken.accept(new OpenRequest(event, arrivedAt, caller, configuration.method()));
        };
    this.threads =
        new NioEventLoopGroup(THREADS, new DefaultThreadFactory("sluice-http-" + flow, true));
  }

  /**
   * Listens.
   *
   * @return fails with {@code http.not-listening}
   */
  public CompletionStage<Void> start() {
    CompletableFuture<Void> listening = new CompletableFuture<>();
    ChannelFuture bound =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Connections())
            .bind(configuration.bindAddress(), configuration.port());
    bound.addListener(
        done -> {
          if (done.isSuccess()) {
            listening.complete(null);
          } else {
            listening.completeExceptionally(notListening(done.cause()));
          }
        });
    return listening;
  }

  private RetriableException notListening(Throwable cause) {
    String place = configuration.bindAddress() + ":" + configuration.port();
    return new RetriableException(
        HttpError.NOT_LISTENING,
        "cannot listen at " + place + ": " + cause.getMessage(),
        new Location.Named(place),
        HttpError.NOT_LISTENING.remedy(),
        cause);
  }

  /** Closes port and connections, after what was answered has gone out. */
  public CompletionStage<Void> stop() {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    threads
        .shutdownGracefully(QUIET_MILLIS, LONGEST_STOP_MILLIS, TimeUnit.MILLISECONDS)
        .addListener(done -> stopped.complete(null));
    return stopped;
  }

  private final class Connections extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      channel.closeFuture().addListener(closed -> connections.decrementAndGet());
      if (connections.incrementAndGet() > configuration.maximumConnections()) {
        channel.close();
        return;
      }
      ChannelPipeline pipeline = channel.pipeline();
      tls.ifPresent(context -> addTls(channel, context));
      pipeline.addLast(new HttpServerCodec());
      pipeline.addLast(new FlowControlHandler());
      pipeline.addLast(
          new RequestHandler(
              admission, configuration.method(), configuration.maximumBodySize(), reception));
    }

    private void addTls(Channel channel, SslContext context) {
      channel
          .pipeline()
          .addLast(
              configuration.takesPlain()
                  ? new OptionalSslHandler(context)
                  : context.newHandler(channel.alloc()));
    }
  }
}
