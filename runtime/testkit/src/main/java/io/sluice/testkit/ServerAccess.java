package io.sluice.testkit;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.sluice.testkit.ServerSecurity.Identity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyRemotingClient;

/**
 * How the test kit itself gets at servers that it has started, by the address of their name server,
 * so that its tools need nothing but that address.
 */
final class ServerAccess {
  private static final Map<String, ServerSecurity> KNOWN = new ConcurrentHashMap<>();

  private ServerAccess() {}

  static void remember(String nameServer, ServerSecurity security) {
    KNOWN.put(nameServer, security);
  }

  static void forget(String nameServer) {
    KNOWN.remove(nameServer);
  }

  /** Whether those servers take TLS only. */
  static boolean needsTls(String nameServer) {
    ServerSecurity security = KNOWN.get(nameServer);
    return security != null && security.tlsMode().equals("enforcing");
  }

  /** A client, not started yet, that is let in by those servers as their administrator. */
  static NettyRemotingClient client(String nameServer, NettyClientConfig config) {
    ServerSecurity security = KNOWN.getOrDefault(nameServer, ServerSecurity.none());
    config.setUseTLS(false); // or it would build a context of JVM-wide settings
    NettyRemotingClient client =
        security.certificate().isEmpty()
            ? new NettyRemotingClient(config)
            : new TlsClient(config, security.certificate().get());
    security
        .administrator()
        .map(admin -> new SessionCredentials(admin.key(), admin.secret()))
        .ifPresent(credentials -> client.registerRPCHook(new AclClientRPCHook(credentials)));
    return client;
  }

  /** Trusts every server: it knows which ones it has started. */
  private static final class TlsClient extends NettyRemotingClient {
    TlsClient(NettyClientConfig config, Identity identity) {
      super(config);
      config.setUseTLS(true);
      sslContext = context(identity);
    }

    private static SslContext context(Identity identity) {
      try {
        return SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .keyManager(identity.certificate().toFile(), identity.privateKey().toFile())
            .build();
      } catch (SSLException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }
}
