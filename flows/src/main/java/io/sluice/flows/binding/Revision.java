package io.sluice.flows.binding;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What tells one version of a declaration from the next, without showing its secrets. */
final class Revision {
  /** What can change while a flow runs. */
  private static final List<String> PASSING = List.of("description", "status");

  private Revision() {}

  /** The SHA-256 digest of a document with its defaults filled in, as hexadecimal digits. */
  static String of(ObjectNode filled) {
    String text = filled.deepCopy().without(PASSING).toString();
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
