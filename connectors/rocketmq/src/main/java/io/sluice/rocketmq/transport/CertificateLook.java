package io.sluice.rocketmq.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509TrustManager;

/**
 * Looks at the certificates that a server shows, whatever they are worth. It trusts nobody: it
 * breaks the handshake off as soon as it has seen them.
 */
final class CertificateLook implements X509TrustManager {
  private static final long PATIENCE_SECONDS = 5;

  private final CompletableFuture<List<X509Certificate>> chain = new CompletableFuture<>();

  private CertificateLook() {}

  /**
   * The server's certificate and those behind it; empty if the server at the other end of a new
   * connection shows none in time. Closes the connection.
   *
   * @param host whose certificate to ask for, where a server has several
   */
  static CompletableFuture<List<X509Certificate>> at(
      ChannelFuture connected, String host, int port) {
    CertificateLook look = new CertificateLook();
    Channel channel = connected.channel();
    connected.addListener(
        done -> {
          if (done.isSuccess()) {
            look.begin(channel, host, port);
          } else {
            look.chain.complete(List.of());
          }
        });
    channel.closeFuture().addListener(closed -> look.chain.complete(List.of()));
    return look.chain
        .completeOnTimeout(List.of(), PATIENCE_SECONDS, TimeUnit.SECONDS)
        .whenComplete((seen, failure) -> channel.close());
  }

  private void begin(Channel channel, String host, int port) {
    try {
      channel
          .pipeline()
          .addFirst(
              SslContextBuilder.forClient()
                  .sslProvider(SslProvider.JDK)
                  .trustManager(this)
                  .endpointIdentificationAlgorithm(null)
                  .build()
                  .newHandler(channel.alloc(), host, port));
    } catch (SSLException failure) {
      chain.completeExceptionally(failure);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String method)
      throws CertificateException {
    chain.complete(List.of(certificates));
    throw new CertificateException("only looked at");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] certificates, String method)
      throws CertificateException {
    throw new CertificateException("not a server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
