package io.sluice.rocketmq.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.instance.Access;
import io.sluice.sdk.instance.Instance;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.common.ThreadFactoryImpl;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyDecoder;
import org.apache.rocketmq.remoting.netty.NettyEncoder;
import org.apache.rocketmq.remoting.netty.NettyRemotingClient;

/**
 * RocketMQ's remoting client with connections of one instance's own access mode. A connection
 * counts as made when its handshake is done: nothing is sent before. Why one cannot be used is
 * remembered by its address. Thread-safe.
 */
public final class Transport extends NettyRemotingClient {
  private static final long HANDSHAKE_SECONDS = 5;

  /** Requests that may wait for each other before they are written. */
  private static final int MOST_AT_ONCE = 64;

  private final Access access;
  private final boolean mayFallBack;
  private final TlsContexts contexts;
  private final Optional<Tunnels> tunnels;
  private final ConcurrentMap<String, TransportFault> faults = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Greeting> greetings = new ConcurrentHashMap<>();

  /** Addresses that refused TLS, until the connection ends that was then made without it. */
  private final Set<String> fallbacks = ConcurrentHashMap.newKeySet();

  /** Made with one I/O thread, which ends with {@link #shutdown}. */
  public Transport(Instance instance, NettyClientConfig config) {
    this(instance, config, new NioEventLoopGroup(1, new ThreadFactoryImpl("rocketmq-client-")));
  }

  private Transport(Instance instance, NettyClientConfig config, EventLoopGroup threads) {
    super(withoutTlsOfItsOwn(config), null, threads, null);
    this.tunnels =
        instance
            .proxy()
            .map(
                proxy ->
                    new Tunnels(proxy, instance.timeouts().connect(), threads, this::handlers));
    this.access = instance.access();
    this.mayFallBack = access == Access.PERMISSIVE && !instance.tls().required();
    this.contexts = new TlsContexts(instance.tls());
  }

  /** Those that RocketMQ's client gives to direct connections. */
  private ChannelHandler[] handlers() {
    return new ChannelHandler[] {
      new NettyEncoder(),
      new NettyDecoder(),
      new IdleStateHandler(0, 0, nettyClientConfig.getClientChannelMaxIdleTimeSeconds()),
      new NettyConnectManageHandler(),
      new NettyClientHandler()
    };
  }

  /** A connection without TLS, as far as the server. */
  private ChannelFuture dial(String address) {
    if (tunnels.isEmpty()) {
      return super.doConnect(address);
    }
    String[] hostAndPort = getHostAndPort(address);
    return tunnels.get().open(hostAndPort[0], Integer.parseInt(hostAndPort[1]));
  }

  /** What RocketMQ's client does about TLS is decided JVM-wide, and verifies no host names. */
  private static NettyClientConfig withoutTlsOfItsOwn(NettyClientConfig config) {
    config.setUseTLS(false);
    return config;
  }

  /** Why the last connection to an address could not be used, if that is known. */
  public Optional<TransportFault> fault(String address) {
    return Optional.ofNullable(faults.get(address));
  }

  /**
   * Whether an address that refused TLS is worth another try at once, because that will be made
   * without it.
   */
  public boolean fallsBack(String address) {
    return fallbacks.contains(address);
  }

  /** Ends the connection to an address at once; its open calls fail. */
  public void breakOff(String address) {
    Optional<Greeting> greeting = Optional.ofNullable(greetings.get(address));
    greeting.ifPresent(Greeting::abandon);
    closeChannels(List.of(address));
    greeting.ifPresent(Greeting::cut);
  }

  /**
   * Finds out why a connection broke, if its end alone does not tell: a server that ends plaintext
   * connections without a word may be one that wants TLS.
   *
   * @return ends within seconds; afterwards {@link #fault} knows
   */
  public CompletableFuture<Void> diagnose(String address) {
    Greeting greeting = greetings.get(address);
    if (access == Access.PLAINTEXT && greeting != null && greeting.alerted()) {
      tlsIsRequired(address, "answers with a TLS alert");
    } else if (access == Access.PLAINTEXT && greeting != null && greeting.closedSilently()) {
      return greeting.diagnosis(() -> probe(address));
    }
    return CompletableFuture.completedFuture(null);
  }

  /** Opens a connection without a word and closes it; fails as connecting does. */
  public CompletableFuture<Void> reach(String address) {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    ChannelFuture connected = dial(address);
    connected.addListener(
        done -> {
          connected.channel().close();
          if (done.isSuccess()) {
            reached.complete(null);
          } else {
            reached.completeExceptionally(done.cause());
          }
        });
    return reached;
  }

  /**
   * The certificates that a server shows, its own first, whether they are trusted or not; none if
   * it does not speak TLS. Ends within seconds.
   */
  public CompletableFuture<List<X509Certificate>> certificates(String address) {
    String[] hostAndPort = getHostAndPort(address);
    return CertificateLook.at(dial(address), hostAndPort[0], Integer.parseInt(hostAndPort[1]));
  }

  private CompletableFuture<Void> probe(String address) {
    return TlsProbe.speaksTls(dial(address))
        .thenAccept(
            speaksTls -> {
              if (speaksTls) {
                tlsIsRequired(address, "closes connections without TLS, and speaks TLS");
              }
            });
  }

  private void tlsIsRequired(String address, String why) {
    faults.put(address, new TransportFault(RocketMqError.TLS_REQUIRED, address + " " + why, null));
  }

  @Override
  protected ChannelFuture doConnect(String address) {
    ChannelFuture connected = dial(address);
    Channel channel = connected.channel();
    ChannelPromise ready = channel.newPromise();
    boolean plaintext = access == Access.PLAINTEXT || fallbacks.contains(address);
    if (plaintext) {
      channel.closeFuture().addListener(closed -> fallbacks.remove(address));
    }
    Greeting greeting = new Greeting();
    greetings.put(address, greeting);
    // Runs before anything is sent, as nobody else knows of this connection yet.
    connected.addListener(
        done -> {
          if (done.cause() instanceof TransportFault fault) {
            fail(channel, address, fault, ready);
          } else if (!done.isSuccess()) {
            faults.remove(address);
            ready.tryFailure(done.cause());
          } else if (plaintext) {
            channel.pipeline().addFirst(gathering(), greeting);
            faults.remove(address);
            ready.trySuccess();
          } else {
            secure(channel, address, greeting, ready);
          }
        });
    return ready;
  }

  private void secure(Channel channel, String address, Greeting greeting, ChannelPromise ready) {
    SslHandler handler;
    try {
      String[] hostAndPort = getHostAndPort(address);
      handler =
          contexts
              .current()
              .newHandler(channel.alloc(), hostAndPort[0], Integer.parseInt(hostAndPort[1]));
    } catch (TransportFault fault) {
      fail(channel, address, fault, ready);
      return;
    }
    handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
    channel.pipeline().addFirst(gathering(), greeting, handler, new Alerts(address, faults));
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                faults.remove(address);
                ready.trySuccess();
              } else {
                fail(channel, address, HandshakeFaults.of(done.cause(), address, greeting), ready);
              }
            });
  }

  /** What is sent in one go, such as the pulls that answers make room for, leaves in one write. */
  private static FlushConsolidationHandler gathering() {
    return new FlushConsolidationHandler(MOST_AT_ONCE, true);
  }

  private void fail(Channel channel, String address, TransportFault fault, ChannelPromise ready) {
    if (mayFallBack && fault.code() == RocketMqError.TLS_NOT_OFFERED) {
      fallbacks.add(address);
    }
    faults.put(address, fault);
    channel.close(); // before anybody who waits for it takes it for a connection that is being made
    ready.tryFailure(fault);
  }
}
