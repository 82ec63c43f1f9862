package io.sluice.rocketmq.transport;

import static org.awaitility.Awaitility.await;

import io.sluice.rocketmq.grpc.ProxyPool;
import io.sluice.rocketmq.grpc.ProxyRoute;
import io.sluice.sdk.instance.Instance;
import io.sluice.testkit.Authority;
import io.sluice.testkit.ReleasedProxy;
import io.sluice.testkit.ReleasedServers;
import io.sluice.testkit.ServerSecurity;
import io.sluice.testkit.ServerSecurity.User;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Servers with users, and two proxies before them.
 *
 * @param secured takes TLS only
 * @param open takes plaintext
 * @param trust what a client has to trust for {@code secured}
 */
public record SecuredProxies(
    ReleasedServers servers, ReleasedProxy secured, ReleasedProxy open, Path trust)
    implements AutoCloseable {

  /**
   * @param folder of their files
   * @param authority of the certificate of {@code secured}
   */
  public static SecuredProxies start(
      Path folder, String cluster, Authority authority, User administrator, User... others) {
    ServerSecurity known = ServerSecurity.none().withUsers(administrator, others);
    ReleasedServers servers =
        ReleasedServers.start("5.5.0", cluster, folder.resolve("servers"), known);
    ReleasedProxy secured =
        ReleasedProxy.start(
            servers,
            cluster,
            folder.resolve("secured"),
            known.withTls("enforcing", authority.issue("127.0.0.1").write(folder, "proxy")));
    ReleasedProxy open = ReleasedProxy.start(servers, cluster, folder.resolve("open"), known);
    SecuredProxies proxies =
        new SecuredProxies(servers, secured, open, authority.write(folder.resolve("ca.pem")));
    proxies.awaitAnswers(administrator);
    return proxies;
  }

  /** The first answers of a new proxy may take longer than an answer may. */
  private void awaitAnswers(User administrator) {
    ProxyPool clients = new ProxyPool();
    for (Reach reach : List.of(reach(), Reach.plaintext(open.grpcAddress()))) {
      Instance instance = reach.as(administrator).proxied();
      try (ProxyPool.Lease lease = clients.lease(instance, ProxyPool.Side.SOURCE)) {
        await("the proxy answers")
            .atMost(Duration.ofMinutes(1))
            .ignoreExceptions()
            .until(() -> ProxyRoute.find(lease.client(), "first", "none").join().isEmpty());
      }
    }
  }

  /** A client that trusts and uses {@code secured}. */
  public Reach reach() {
    return Reach.ssl(secured.grpcAddress(), trust);
  }

  @Override
  public void close() {
    open.close();
    secured.close();
    servers.close();
  }
}
