package io.sluice.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a message for comparison: the first 64 bits of SHA-256 over parts of it.
 *
 * @param content of all that a mirror must keep
 * @param uniqueKey of the unique key; 0 if there is none
 * @param body of the body; 0 if it is empty
 */
record Fingerprint(long content, long uniqueKey, long body) {

  static Fingerprint of(StoredMessage message) {
    return new Fingerprint(
        digest(content(message)),
        message.uniqueKey().map(key -> digest(key.getBytes(StandardCharsets.UTF_8))).orElse(0L),
        message.body().length == 0 ? 0 : digest(message.body()));
  }

  private static byte[] content(StoredMessage message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.body().length + 1024);
    try (DataOutputStream output = new DataOutputStream(bytes)) {
      output.writeInt(message.flag());
      write(message.keys(), output);
      write(message.tags(), output);
      write(message.uniqueKey(), output);
      write(message.userProperties(), output);
      write(message.ownProperties(), output);
      output.write(message.body());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(Map<String, String> properties, DataOutputStream output)
      throws IOException {
    output.writeInt(properties.size());
    for (Map.Entry<String, String> property : properties.entrySet()) {
      output.writeUTF(property.getKey());
      output.writeUTF(property.getValue());
    }
  }

  private static void write(Optional<String> text, DataOutputStream output) throws IOException {
    output.writeBoolean(text.isPresent());
    output.writeUTF(text.orElse(""));
  }

  private static long digest(byte[] bytes) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes)).getLong();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
