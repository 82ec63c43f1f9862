package io.sluice.rocketmq.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.instance.Secret;
import io.sluice.sdk.instance.Tls;
import io.sluice.testkit.Authority;
import io.sluice.testkit.Authority.Issued;
import io.sluice.testkit.ServerSecurity.Identity;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.util.io.pem.PemWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of certificates and keys can be used, and what is said of the others. */
class CertificateFilesTest {
  private static final String PASSWORD = "swordfish";
  private static final Issued ISSUED = Authority.of("authority").issue("127.0.0.1");

  @TempDir Path folder;

  @Test
  void pemAndPkcs12AreToldApartByWhatTheyHold() throws Exception {
    Identity pem = ISSUED.write(folder, "client");
    Path store = store("client.store");
    Path bundle = folder.resolve("bundle.pem");
    Files.writeString(
        bundle, Files.readString(pem.certificate()) + Files.readString(pem.privateKey()));
    Path encrypted = encrypted(ISSUED.key(), folder.resolve("encrypted.key"));

    for (Tls tls :
        List.of(
            identity(pem.certificate(), Optional.of(pem.privateKey()), Optional.empty()),
            identity(bundle, Optional.empty(), Optional.empty()),
            identity(pem.certificate(), Optional.of(encrypted), Optional.of(PASSWORD)),
            identity(store, Optional.empty(), Optional.of(PASSWORD)),
            trust(pem.certificate(), Optional.empty()),
            trust(trustStore("trust.store"), Optional.of(PASSWORD)))) {
      assertThat(new TlsContexts(tls).current().isClient()).isTrue();
    }
  }

  @Test
  void filesThatCannotBeUsedAreNamedWithoutTheirPasswords() throws Exception {
    Identity pem = ISSUED.write(folder, "client");
    Path store = store("client.store");
    Path garbage = Files.writeString(folder.resolve("garbage.pem"), "-----BEGIN NOTHING-----");
    Path encrypted = encrypted(ISSUED.key(), folder.resolve("encrypted.key"));
    Optional<String> wrong = Optional.of("wordfish");

    for (Tls tls :
        List.of(
            trust(folder.resolve("absent.pem"), Optional.empty()),
            trust(garbage, Optional.empty()),
            trust(trustStore("trust.store"), wrong),
            trust(trustStore("trust.store"), Optional.empty()),
            identity(pem.certificate(), Optional.empty(), Optional.empty()),
            identity(pem.certificate(), Optional.of(encrypted), wrong),
            identity(store, Optional.empty(), wrong),
            identity(store, Optional.of(pem.privateKey()), Optional.of(PASSWORD)))) {
      TransportFault fault =
          catchThrowableOfType(TransportFault.class, () -> new TlsContexts(tls).current());
      assertThat(fault.code()).as(tls.toString()).isEqualTo(RocketMqError.TLS_FILES);
      assertThat(fault.getMessage())
          .contains(tls.trust().or(tls::certificate).orElseThrow().toString())
          .doesNotContain("wordfish")
          .doesNotContain("null");
    }
  }

  @Test
  void nothingIsMadeAnewWhileNoFileChanges() throws Exception {
    Path file = trustStore("trust.store");
    TlsContexts contexts = new TlsContexts(trust(file, Optional.of(PASSWORD)));

    assertThat(contexts.current()).isSameAs(contexts.current());
  }

  private static Tls trust(Path file, Optional<String> password) {
    return new Tls(
        Optional.of(file),
        password.map(Secret::of),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        List.of("TLSv1.3"),
        false);
  }

  private static Tls identity(
      Path certificate, Optional<Path> privateKey, Optional<String> password) {
    return new Tls(
        Optional.empty(),
        Optional.empty(),
        Optional.of(certificate),
        privateKey,
        password.map(Secret::of),
        true,
        List.of("TLSv1.3"),
        false);
  }

  private Path store(String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "client", ISSUED.key(), PASSWORD.toCharArray(), ISSUED.chain().toArray(Certificate[]::new));
    return write(store, name);
  }

  private Path trustStore(String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", ISSUED.chain().get(1));
    return write(store, name);
  }

  private Path write(KeyStore store, String name) throws Exception {
    Path file = folder.resolve(name);
    try (OutputStream output = Files.newOutputStream(file)) {
      store.store(output, PASSWORD.toCharArray());
    }
    return file;
  }

  private static Path encrypted(PrivateKey key, Path file) throws Exception {
    OutputEncryptor encryptor =
        new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
            .setProvider(new BouncyCastleProvider())
            .setPRF(PKCS8Generator.PRF_HMACSHA256)
            .setPassword(PASSWORD.toCharArray())
            .build();
    try (PemWriter writer = new PemWriter(Files.newBufferedWriter(file))) {
      writer.writeObject(new JcaPKCS8Generator(key, encryptor));
    }
    return file;
  }
}
