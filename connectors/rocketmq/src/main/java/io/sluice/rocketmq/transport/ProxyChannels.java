package io.sluice.rocketmq.transport;

import io.grpc.ManagedChannel;
import io.grpc.netty.InternalNettyChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.sluice.sdk.instance.Instance;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * gRPC channels to the proxies of one instance, in its own access mode, each with one connection at
 * most. A channel whose connection fails is given up: the next call makes a new one, at the time
 * that the caller chooses, and learns why that one fails. Thread-safe; does not block.
 */
public final class ProxyChannels implements AutoCloseable {
  /** Proxies send up to 32 messages at once, each of up to 4 MiB, one by one. */
  private static final int LARGEST_ANSWER = 64 << 20;

  private static final int WINDOW = 4 << 20;

  /** Longer than any call waits. */
  private static final long LAST_WORDS_SECONDS = 60;

  private final Instance instance;
  private final ProxyConnections connections;
  private final EventLoopGroup thread =
      new NioEventLoopGroup(1, new DefaultThreadFactory("grpc-io", true));
  private final ConcurrentMap<String, ManagedChannel> channels = new ConcurrentHashMap<>();

  public ProxyChannels(Instance instance) {
    this.instance = instance;
    this.connections = new ProxyConnections(instance, thread);
  }

  /** The instance whose proxies these are. */
  public Instance instance() {
    return instance;
  }

  /** The channel to a proxy, {@code host:port}; connects when it is used. */
  public ManagedChannel channel(String address) {
    return channels.computeIfAbsent(address, this::open);
  }

  private ManagedChannel open(String address) {
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon);
    int port = Integer.parseInt(address.substring(colon + 1));
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(host, port)
            .eventLoopGroup(thread)
            .channelFactory(() -> connections.open(address, host, port))
            .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis())
            .maxInboundMessageSize(LARGEST_ANSWER)
            .flowControlWindow(WINDOW)
            .proxyDetector(target -> null) // nothing JVM-wide
            .disableRetry()
            .directExecutor();
    if (!connections.isPlaintext(address)) {
      InternalNettyChannelBuilder.setProtocolNegotiatorFactory(builder, new SecuredBelow());
    } else {
      builder.usePlaintext();
    }
    return builder.build();
  }

  private int connectMillis() {
    return Math.toIntExact(instance.timeouts().connect().toMillis());
  }

  /**
   * Gives a channel up whose connection failed or is silent; its open calls go on until they fail.
   * Does nothing if another one has taken its place.
   */
  public void discard(String address, ManagedChannel channel) {
    if (channels.remove(address, channel)) {
      channel.shutdown();
      // Streams without an end would hold a silent connection for ever.
      thread.schedule(
          () -> {
            channel.shutdownNow();
          },
          LAST_WORDS_SECONDS,
          TimeUnit.SECONDS);
    }
  }

  /** Whether a connection that failed never was one: nothing can have been sent by it. */
  public boolean neverStood(String address) {
    return connections.neverStood(address);
  }

  /**
   * Why the last connection to an address could not be used, if that can be found out.
   *
   * @return ends within seconds, and does not fail
   */
  public CompletableFuture<Optional<TransportFault>> fault(String address) {
    return connections.fault(address);
  }

  /**
   * Whether an address that refused TLS is worth another try at once, because that will be made
   * without it.
   */
  public boolean fallsBack(String address) {
    return connections.fallsBack(address);
  }

  /** Ends all connections; open calls fail. */
  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
    thread.shutdownGracefully();
  }
}
