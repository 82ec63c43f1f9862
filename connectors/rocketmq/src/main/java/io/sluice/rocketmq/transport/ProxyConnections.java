package io.sluice.rocketmq.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.instance.Access;
import io.sluice.sdk.instance.Instance;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Connections that gRPC is spoken by, in the access mode of one instance. Why one cannot be used is
 * remembered by its address. Thread-safe.
 */
final class ProxyConnections {
  private static final long HANDSHAKE_SECONDS = 5;
  private static final ApplicationProtocolConfig HTTP2 =
      new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.NO_ADVERTISE,
          SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_2);

  private final Access access;
  private final boolean mayFallBack;
  private final TlsContexts contexts;
  private final EventLoopGroup thread;
  private final Map<String, TransportFault> faults = new ConcurrentHashMap<>();
  private final Map<String, Greeting> greetings = new ConcurrentHashMap<>();
  private final Set<String> fallbacks = ConcurrentHashMap.newKeySet();

  ProxyConnections(Instance instance, EventLoopGroup thread) {
    this.access = instance.access();
    this.mayFallBack = access == Access.PERMISSIVE && !instance.tls().required();
    this.contexts = new TlsContexts(instance.tls(), HTTP2);
    this.thread = thread;
  }

  /** Whether the next connection to an address is made without TLS. */
  boolean isPlaintext(String address) {
    return access == Access.PLAINTEXT || fallbacks.contains(address);
  }

  boolean fallsBack(String address) {
    return fallbacks.contains(address);
  }

  /** A connection that is not connected yet, with what belongs between gRPC and the network. */
  Channel open(String address, String host, int port) {
    Channel channel = new NioSocketChannel();
    Greeting greeting = new Greeting();
    greetings.put(address, greeting);
    faults.remove(address);
    channel.pipeline().addLast(greeting);
    if (isPlaintext(address)) {
      channel.closeFuture().addListener(closed -> fallbacks.remove(address));
      return channel;
    }
    try {
      SslHandler handler = contexts.current().newHandler(channel.alloc(), host, port);
      handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
      handler
          .handshakeFuture()
          .addListener(
              done -> {
                if (!done.isSuccess() && greeting.connected()) {
                  failed(address, HandshakeFaults.of(done.cause(), address, greeting));
                }
              });
      channel.pipeline().addLast(handler, new Alerts(address, faults));
      return channel;
    } catch (TransportFault fault) {
      faults.put(address, fault);
      channel.unsafe().closeForcibly();
      throw new CompletionException(fault);
    }
  }

  private void failed(String address, TransportFault fault) {
    faults.put(address, fault);
    if (mayFallBack && fault.code() == RocketMqError.TLS_NOT_OFFERED) {
      fallbacks.add(address);
    }
  }

  boolean neverStood(String address) {
    Greeting greeting = greetings.get(address);
    return faults.containsKey(address) || greeting == null || !greeting.heard();
  }

  CompletableFuture<Optional<TransportFault>> fault(String address) {
    Greeting greeting = greetings.get(address);
    if (faults.containsKey(address) || access != Access.PLAINTEXT || greeting == null) {
      return known(address);
    }
    if (greeting.alerted()) {
      wantsTls(address, "answers with a TLS alert");
    } else if (greeting.connected() && greeting.closedSilently()) {
      return greeting.diagnosis(() -> probe(address)).thenCompose(done -> known(address));
    }
    return known(address);
  }

  private CompletableFuture<Optional<TransportFault>> known(String address) {
    return CompletableFuture.completedFuture(Optional.ofNullable(faults.get(address)));
  }

  private CompletableFuture<Void> probe(String address) {
    int colon = address.lastIndexOf(':');
    Bootstrap connection =
        new Bootstrap()
            .group(thread)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    // The probe brings what it needs.
                  }
                });
    return TlsProbe.speaksTls(
            connection.connect(
                address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))))
        .exceptionally(failure -> false)
        .thenAccept(
            speaksTls -> {
              if (speaksTls) {
                wantsTls(address, "closes connections without TLS, and speaks TLS");
              }
            });
  }

  private void wantsTls(String address, String why) {
    faults.put(address, new TransportFault(RocketMqError.TLS_REQUIRED, address + " " + why, null));
  }
}
