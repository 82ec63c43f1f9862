package io.sluice.rocketmq.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.instance.Access;
import io.sluice.sdk.instance.Instance;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyRemotingClient;

/**
 * RocketMQ's remoting client with connections of one instance's own access mode. A connection
 * counts as made when its handshake is done: nothing is sent before. Why one cannot be used is
 * remembered by its address. Thread-safe.
 */
public final class Transport extends NettyRemotingClient {
  private static final long HANDSHAKE_SECONDS = 5;

  private final Access access;
  private final boolean mayFallBack;
  private final TlsContexts contexts;
  private final ConcurrentMap<String, TransportFault> faults = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Greeting> greetings = new ConcurrentHashMap<>();

  /** Addresses that refused TLS, until the connection ends that was then made without it. */
  private final Set<String> fallbacks = ConcurrentHashMap.newKeySet();

  public Transport(Instance instance, NettyClientConfig config) {
    super(withoutTlsOfItsOwn(config));
    this.access = instance.access();
    this.mayFallBack = access == Access.PERMISSIVE && !instance.tls().required();
    this.contexts = new TlsContexts(instance.tls());
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

  private CompletableFuture<Void> probe(String address) {
    return TlsProbe.speaksTls(super.doConnect(address))
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
    ChannelFuture connected = super.doConnect(address);
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
          if (!done.isSuccess()) {
            faults.remove(address);
            ready.tryFailure(done.cause());
          } else if (plaintext) {
            channel.pipeline().addFirst(greeting);
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
    channel.pipeline().addFirst(greeting, handler, new Alerts(address, faults));
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                faults.remove(address);
                ready.trySuccess();
              } else {
                fail(
                    channel,
                    address,
                    HandshakeFaults.of(done.cause(), address, greeting.heard()),
                    ready);
              }
            });
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
