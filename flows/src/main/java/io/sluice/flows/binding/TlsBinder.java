package io.sluice.flows.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.NodePath;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.schema.CheckedDocument;
import io.sluice.sdk.instance.Access;
import io.sluice.sdk.instance.Secret;
import io.sluice.sdk.instance.Tls;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Binds {@code tls} of an instance. Its files are looked for, and not read. */
final class TlsBinder {
  private static final NodePath TLS = NodePath.of("tls");
  private static final String TRUST = "trust";
  private static final String TRUST_PASSWORD = "trustPassword";
  private static final String CERTIFICATE = "certificate";
  private static final String PRIVATE_KEY = "privateKey";
  private static final String PRIVATE_KEY_PASSWORD = "privateKeyPassword";
  private static final String REQUIRED = "required";

  private final Findings findings;

  TlsBinder(Findings findings) {
    this.findings = findings;
  }

  /**
   * @param filled the document with its defaults
   */
  Tls bind(CheckedDocument document, ObjectNode filled, Access access) {
    JsonNode tls = filled.path("tls");
    if (tls.isMissingNode()) {
      return Tls.DEFAULT;
    }
    Node root = document.root();
    if (access == Access.PLAINTEXT) {
      findings.error(
          FlowError.WITHOUT_EFFECT,
          TLS.namedIn(root),
          "'tls' has no effect where 'access' is PLAINTEXT",
          "Set access: SSL, or remove 'tls'.");
    } else if (access == Access.SSL) {
      TLS.then(REQUIRED)
          .in(root)
          .ifPresent(
              given ->
                  findings.error(
                      FlowError.WITHOUT_EFFECT,
                      TLS.then(REQUIRED).namedIn(root),
                      "'tls.required' has no effect where 'access' is SSL, which always requires TLS",
                      "Remove it, or set access: PERMISSIVE."));
    }
    needs(root, TRUST_PASSWORD, TRUST);
    needs(root, PRIVATE_KEY, CERTIFICATE);
    needs(root, PRIVATE_KEY_PASSWORD, CERTIFICATE);
    List<String> protocols = new ArrayList<>();
    tls.path("protocols").forEach(protocol -> protocols.add(protocol.asText()));
    return new Tls(
        file(root, TRUST),
        secret(tls, TRUST_PASSWORD),
        file(root, CERTIFICATE),
        file(root, PRIVATE_KEY),
        secret(tls, PRIVATE_KEY_PASSWORD),
        tls.path("verifyHostname").asBoolean(),
        protocols,
        tls.path(REQUIRED).asBoolean());
  }

  private void needs(Node root, String key, String other) {
    if (TLS.then(key).in(root).isPresent() && TLS.then(other).in(root).isEmpty()) {
      findings.error(
          FlowError.WITHOUT_EFFECT,
          TLS.then(key).namedIn(root),
          "'tls." + key + "' has no effect without 'tls." + other + "'",
          "Add 'tls." + other + "', or remove it.");
    }
  }

  private Optional<Path> file(Node root, String key) {
    return TLS.then(key).in(root).flatMap(node -> file((Scalar) node, key));
  }

  private Optional<Path> file(Scalar written, String key) {
    Path file;
    try {
      Path flows = Path.of(written.place().file()).toAbsolutePath();
      file = flows.resolveSibling(written.text()).normalize();
    } catch (InvalidPathException e) {
      findings.error(
          FlowError.MALFORMED_VALUE,
          written.place(),
          "'tls." + key + "' is not a path that this system accepts",
          "Write a path such as ./ca.pem.");
      return Optional.empty();
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      findings.error(
          FlowError.UNREADABLE_VALUE,
          written.place(),
          "the file '"
              + written.shown()
              + "' of 'tls."
              + key
              + "' "
              + (Files.exists(file) ? "cannot be read" : "does not exist"));
    }
    return Optional.of(file);
  }

  private static Optional<Secret> secret(JsonNode tls, String key) {
    return Optional.ofNullable(tls.path(key).textValue()).map(Secret::of);
  }
}
