package io.sluice.testkit;

import io.sluice.testkit.ServerSecurity.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** An authority of a test's own, which issues certificates. Thread-safe. */
public final class Authority {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration HELD_SO_FAR = Duration.ofDays(2);
  private static final AtomicLong SERIAL = new AtomicLong();

  private final KeyPair keys = keys();
  private final X509Certificate certificate;

  private Authority(String name) {
    certificate =
        certificate(principal(name), principal(name), keys, Instant.now().plus(YEAR), true);
  }

  public static Authority of(String name) {
    return new Authority(name);
  }

  /** Writes the authority's certificate as PEM. */
  public Path write(Path file) {
    return write(file, pem("CERTIFICATE", encoded(certificate)));
  }

  /** A certificate with its key, and that of the authority. */
  public record Issued(PrivateKey key, List<X509Certificate> chain) {

    /** For servers within the test. */
    public SSLContext serverContext() {
      return serverContext(null);
    }

    /** For servers within the test whose clients show certificates of an authority. */
    public SSLContext serverContextFor(Authority clients) {
      return serverContext(clients.trust());
    }

    private SSLContext serverContext(TrustManager @Nullable [] trust) {
      char[] password = "password".toCharArray();
      try {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, password, chain.toArray(Certificate[]::new));
        KeyManagerFactory keys =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust, null);
        return context;
      } catch (GeneralSecurityException | IOException failure) {
        throw new IllegalStateException(failure);
      }
    }

    /** Writes both as PEM, the name with {@code .pem} and {@code .key}. */
    public Identity write(Path folder, String name) {
      StringBuilder certificates = new StringBuilder();
      chain.forEach(link -> certificates.append(pem("CERTIFICATE", encoded(link))));
      return new Identity(
          Authority.write(folder.resolve(name + ".pem"), certificates.toString()),
          Authority.write(folder.resolve(name + ".key"), pem("PRIVATE KEY", key.getEncoded())));
    }
  }

  /** For clients within the test that trust this authority alone. */
  public SSLContext clientContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust(), null);
      return context;
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private TrustManager[] trust() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("authority", certificate);
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** A certificate for a year, for a host with this address. */
  public Issued issue(String address) {
    return issueFor(YEAR, address);
  }

  /** One that expires after this time. */
  public Issued issueFor(Duration validity, String address) {
    return issue(address, Instant.now().plus(validity));
  }

  /** One that has expired an hour ago. */
  public Issued issueExpired(String address) {
    return issue(address, Instant.now().minus(Duration.ofHours(1)));
  }

  private Issued issue(String address, Instant end) {
    KeyPair own = keys();
    X509Certificate issued =
        certificate(certificate.getSubjectX500Principal(), principal(address), own, end, false);
    return new Issued(own.getPrivate(), List.of(issued, certificate));
  }

  private X509Certificate certificate(
      X500Principal issuer, X500Principal subject, KeyPair own, Instant end, boolean isAuthority) {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              BigInteger.valueOf(SERIAL.incrementAndGet()),
              Date.from(Instant.now().minus(HELD_SO_FAR)),
              Date.from(end),
              subject,
              own.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
      if (!isAuthority) {
        String address = subject.getName().substring("CN=".length());
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.iPAddress, address)));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
    } catch (CertIOException | OperatorCreationException | CertificateException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static X500Principal principal(String name) {
    return new X500Principal("CN=" + name);
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static String pem(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), label);
  }

  private static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
