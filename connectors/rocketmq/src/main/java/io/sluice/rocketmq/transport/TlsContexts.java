package io.sluice.rocketmq.transport;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.instance.Secret;
import io.sluice.sdk.instance.Tls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The TLS settings of one instance, made of its files. These are read for every new connection:
 * what changed on disk is used without a restart. Thread-safe.
 */
final class TlsContexts {
  private final Tls tls;
  private final ApplicationProtocolConfig spoken;
  private @Nullable Loaded last;

  /** Settings for connections that nothing else is spoken by than remoting. */
  TlsContexts(Tls tls) {
    this(tls, ApplicationProtocolConfig.DISABLED);
  }

  /**
   * @param spoken what the handshake agrees on besides
   */
  TlsContexts(Tls tls, ApplicationProtocolConfig spoken) {
    this.tls = tls;
    this.spoken = spoken;
  }

  private record TlsFiles(
      Optional<TlsFile> trust, Optional<TlsFile> certificate, Optional<TlsFile> privateKey) {}

  private record Loaded(TlsFiles files, SslContext context) {}

  /**
   * The settings for a connection that is opened now.
   *
   * @throws TransportFault if a file cannot be used
   */
  synchronized SslContext current() throws TransportFault {
    try {
      TlsFiles files =
          new TlsFiles(
              TlsFile.read(tls.trust()),
              TlsFile.read(tls.certificate()),
              TlsFile.read(tls.privateKey()));
      if (last == null || !last.files.equals(files)) {
        last = new Loaded(files, context(files));
      }
      return last.context;
    } catch (IOException failure) {
      throw new TransportFault(
          RocketMqError.TLS_FILES, "a file of 'tls' cannot be read: " + failure, failure);
    }
  }

  private SslContext context(TlsFiles files) throws IOException, TransportFault {
    // The JDK's implementation, as a native one would not verify host names in the same way.
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .protocols(tls.protocols())
            .applicationProtocolConfig(spoken)
            .endpointIdentificationAlgorithm(tls.verifyHostname() ? "HTTPS" : null);
    if (files.trust.isPresent()) {
      use(files.trust.get(), file -> trust(builder, file));
    }
    if (files.certificate.isPresent()) {
      use(files.certificate.get(), file -> identify(builder, file, files.privateKey));
    }
    return builder.build();
  }

  private void trust(SslContextBuilder builder, TlsFile file)
      throws IOException, GeneralSecurityException {
    if (file.isPem()) {
      builder.trustManager(file.stream());
      return;
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(file.keyStore(tls.trustPassword()));
    builder.trustManager(factory);
  }

  private void identify(SslContextBuilder builder, TlsFile file, Optional<TlsFile> privateKey)
      throws IOException, GeneralSecurityException {
    if (file.isPem()) {
      builder.keyManager(
          file.stream(),
          privateKey.orElse(file).stream(),
          tls.privateKeyPassword().map(Secret::reveal).orElse(null));
      return;
    }
    if (privateKey.isPresent()) {
      throw new KeyStoreException("it is PKCS12, which holds the key, so 'privateKey' must go");
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(
        file.keyStore(tls.privateKeyPassword()), TlsFile.characters(tls.privateKeyPassword()));
    builder.keyManager(factory);
  }

  private interface Use {
    void of(TlsFile file) throws IOException, GeneralSecurityException;
  }

  private static void use(TlsFile file, Use use) throws TransportFault {
    try {
      use.of(file);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException failure) {
      Throwable reason = failure.getCause() == null ? failure : failure.getCause();
      throw new TransportFault(
          RocketMqError.TLS_FILES,
          "the file " + file.path() + " cannot be used: " + reason.getMessage(),
          failure);
    }
  }
}
