package io.sluice.rocketmq.client;

import io.netty.channel.ChannelHandlerContext;
import io.sluice.rocketmq.transport.Transport;
import io.sluice.sdk.instance.Acl;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Secret;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.remoting.CommandCustomHeader;
import org.apache.rocketmq.remoting.exception.RemotingConnectException;
import org.apache.rocketmq.remoting.exception.RemotingSendRequestException;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyRequestProcessor;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.SerializeType;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the name servers and brokers of one instance. Thread-safe.
 *
 * <p>Answers come on the client's only I/O thread, or inside the call: whoever continues there must
 * not block. There is one connection to each address; it is opened when needed and again after it
 * broke.
 */
public final class RemotingClient {
  private final Instance instance;
  private final Transport remoting;
  private final NameServers nameServers;
  private final WireNames names;

  /** How many connections to each address have been broken or found to be. */
  private final ConcurrentMap<String, Long> brokenConnections = new ConcurrentHashMap<>();

  private final ConcurrentMap<String, List<Runnable>> groupListeners = new ConcurrentHashMap<>();

  RemotingClient(Instance instance) {
    this.instance = instance;
    this.names = new WireNames(instance.namespace());
    NettyClientConfig config = new NettyClientConfig();
    // No hand-over between threads: decoding and continuations run where the bytes arrive.
    config.setDisableCallbackExecutor(true);
    config.setDisableNettyWorkerGroup(true);
    config.setClientPooledByteBufAllocatorEnable(true);
    // Nothing JVM-wide decides over this client's transport.
    config.setSocksProxyConfig("{}");
    config.setConnectTimeoutMillis(Math.toIntExact(instance.timeouts().connect().toMillis()));
    remoting = new Transport(instance, config);
    instance
        .acl()
        .ifPresent(acl -> remoting.registerRPCHook(new AclClientRPCHook(credentials(acl))));
    // The list is kept here, as the remoting client would connect to all of them every few seconds.
    nameServers = new NameServers(this, instance);
    remoting.registerProcessor(RequestCode.NOTIFY_CONSUMER_IDS_CHANGED, new GroupNotices(), null);
    remoting.start();
  }

  private static SessionCredentials credentials(Acl acl) {
    SessionCredentials credentials =
        new SessionCredentials(acl.accessKey().reveal(), acl.secretKey().reveal());
    acl.securityToken().map(Secret::reveal).ifPresent(credentials::setSecurityToken);
    return credentials;
  }

  /** Brokers send these one-way: nobody waits for an answer. */
  private final class GroupNotices implements NettyRequestProcessor {
    @Override
    public @Nullable RemotingCommand processRequest(
        ChannelHandlerContext channel, RemotingCommand request) {
      groupChanged(request);
      return null;
    }

    @Override
    public boolean rejectRequest() {
      return false;
    }
  }

  /**
   * Is told, on the client's I/O thread, when members of a consumer group have come or gone that
   * this client belongs to.
   *
   * @return takes the listener away
   */
  public Runnable onGroupChanged(String group, Runnable listener) {
    String known = names.wire(group);
    groupListeners.computeIfAbsent(known, absent -> new CopyOnWriteArrayList<>()).add(listener);
    return () -> groupListeners.getOrDefault(known, List.of()).remove(listener);
  }

  private void groupChanged(RemotingCommand notice) {
    Map<String, String> fields = notice.getExtFields();
    String group = fields == null ? null : fields.get("consumerGroup");
    if (group != null) {
      groupListeners.getOrDefault(group, List.of()).forEach(Runnable::run);
    }
  }

  /** The instance that this client reaches. */
  public Instance instance() {
    return instance;
  }

  /** How long an answer may take that the server does not hold back. */
  public Duration requestTimeout() {
    return instance.timeouts().request();
  }

  /** When such an answer is late. */
  public AnswerTimes answerTimes() {
    return AnswerTimes.within(requestTimeout());
  }

  /** How topics and groups are called in the bodies of requests, and of answers. */
  public WireNames names() {
    return names;
  }

  /**
   * Sends a request to a broker. The names in its header are plain ones.
   *
   * @return the answer, whatever its code; fails with the exceptions that {@link CallFailure} tells
   *     apart
   */
  public CompletableFuture<RemotingCommand> call(
      String address,
      int code,
      @Nullable CommandCustomHeader header,
      byte @Nullable [] body,
      Duration timeout) {
    NameServers.Turn told = nameServers.turn();
    return invoke(address, code, header, body, timeout)
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                nameServers.doubt(told);
              }
            });
  }

  private CompletableFuture<RemotingCommand> invoke(
      String address,
      int code,
      @Nullable CommandCustomHeader header,
      byte @Nullable [] body,
      Duration timeout) {
    RemotingCommand request = request(code, header, body);
    return remoting
        .invoke(address, request, timeout.toMillis())
        .exceptionallyCompose(failure -> again(address, request, timeout, failure));
  }

  /**
   * The same within the instance's time for requests.
   *
   * @return the answer, whatever its code; fails with a {@link io.sluice.sdk.error.SluiceException}
   */
  public CompletableFuture<RemotingCommand> ask(
      String address, int code, @Nullable CommandCustomHeader header, byte @Nullable [] body) {
    return call(address, code, header, body, requestTimeout())
        .exceptionally(
            failure -> {
              throw CallFailure.translate(failure, this, "broker " + address);
            });
  }

  private CompletableFuture<RemotingCommand> again(
      String address, RemotingCommand request, Duration timeout, Throwable failure) {
    return CallFailure.certainlyNotSent(failure) && remoting.fallsBack(address)
        ? remoting
            .invoke(address, request, timeout.toMillis())
            .exceptionallyCompose(second -> explain(address, CallFailure.unwrap(second)))
        : explain(address, CallFailure.unwrap(failure));
  }

  private CompletableFuture<RemotingCommand> explain(String address, Throwable failure) {
    if (failure instanceof RemotingConnectException) {
      return CompletableFuture.failedFuture(
          remoting
              .fault(address)
              .<Throwable>map(fault -> new RemotingConnectException(address, fault))
              .orElse(failure));
    }
    if (!CallFailure.connectionIsLost(failure)) {
      return CompletableFuture.failedFuture(failure);
    }
    lost(address);
    return remoting
        .diagnose(address)
        .thenCompose(
            known ->
                CompletableFuture.failedFuture(
                    remoting
                        .fault(address)
                        .<Throwable>map(fault -> new RemotingSendRequestException(address, fault))
                        .orElse(failure)));
  }

  /**
   * Sends a request to a name server; to each of them in turn until one answers and knows.
   *
   * @param knows whether an answer tells of something; if none does, the first one stands
   * @return fails with a {@link io.sluice.sdk.error.SluiceException} if no name server answers
   */
  public CompletableFuture<RemotingCommand> callNameServer(
      int code,
      @Nullable CommandCustomHeader header,
      Duration timeout,
      Predicate<RemotingCommand> knows) {
    return nameServers.ask(address -> invoke(address, code, header, null, timeout), knows);
  }

  /** See {@link Transport#reach}. */
  public CompletableFuture<Void> reach(String address) {
    return remoting.reach(address);
  }

  /** See {@link Transport#certificates}. */
  public CompletableFuture<List<X509Certificate>> certificates(String address) {
    return remoting.certificates(address);
  }

  /** The connection that carries a call to an address which is sent now. */
  public Connection connection(String address) {
    return new Connection(address, brokenConnections.getOrDefault(address, 0L));
  }

  /**
   * Breaks a connection, so that no request that was written to it can still arrive by it. Its
   * other open calls fail. When it is broken already nothing happens: flows that share this client
   * use its successor, and would go on to break each other's.
   */
  public void disconnect(Connection connection) {
    if (connection(connection.address()).equals(connection)) {
      lost(connection.address());
      remoting.breakOff(connection.address());
    }
  }

  private void lost(String address) {
    brokenConnections.merge(address, 1L, Long::sum);
  }

  /** Closes all connections; open calls fail or stay unanswered. Returns at once. */
  void close() {
    // Netty's part of the shutdown waits up to 3 s for one of the client's own threads.
    Thread closer = new Thread(remoting::shutdown, "rocketmq-client-close");
    closer.setDaemon(true);
    closer.start();
  }

  private RemotingCommand request(
      int code, @Nullable CommandCustomHeader header, byte @Nullable [] body) {
    RemotingCommand request = RemotingCommand.createRequestCommand(code, header);
    // The binary header costs a fraction of the JSON one; every version since 4.0 reads it.
    request.setSerializeTypeCurrentRPC(SerializeType.ROCKETMQ);
    request.setBody(body);
    names.apply(request);
    return request;
  }

  @Override
  public String toString() {
    return instance.name();
  }
}
