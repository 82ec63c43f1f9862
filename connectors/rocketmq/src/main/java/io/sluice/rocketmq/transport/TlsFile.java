package io.sluice.rocketmq.transport;

import io.sluice.sdk.instance.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Optional;

/** A file with certificates or a key, as it was when it was read: PEM, or else PKCS12. */
record TlsFile(Path path, ByteBuffer content) {
  private static final String PEM_MARK = "-----BEGIN ";

  static Optional<TlsFile> read(Optional<Path> path) throws IOException {
    return path.isEmpty()
        ? Optional.empty()
        : Optional.of(new TlsFile(path.get(), ByteBuffer.wrap(Files.readAllBytes(path.get()))));
  }

  boolean isPem() {
    return new String(content.array(), StandardCharsets.ISO_8859_1).contains(PEM_MARK);
  }

  InputStream stream() {
    return new ByteArrayInputStream(content.array());
  }

  /** What a PKCS12 file holds. */
  KeyStore keyStore(Optional<Secret> password) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(stream(), characters(password));
    if (store.size() == 0) {
      throw new KeyStoreException("nothing can be read in it; does it need a password?");
    }
    return store;
  }

  static char[] characters(Optional<Secret> password) {
    return password.map(Secret::reveal).orElse("").toCharArray();
  }
}
