package io.sluice.flows.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.NodePath;
import io.sluice.flows.finding.Findings;
import io.sluice.sdk.instance.EgressProxy;
import io.sluice.sdk.instance.EgressProxy.Login;
import io.sluice.sdk.instance.EgressProxy.Resolution;
import io.sluice.sdk.instance.EgressProxy.Type;
import io.sluice.sdk.instance.Protocol;
import io.sluice.sdk.instance.Secret;
import io.sluice.sdk.instance.Timeouts;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Binds {@code proxy} and {@code timeouts} of an instance. */
final class EgressBinder {
  private static final NodePath PROXY = NodePath.of("proxy");
  private static final NodePath TIMEOUTS = NodePath.of("timeouts");
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Findings findings;

  EgressBinder(Findings findings) {
    this.findings = findings;
  }

  /**
   * @param root the document as written
   * @param filled the document with its defaults
   * @return empty if there is none, or something is wrong with it
   */
  Optional<EgressProxy> proxy(Node root, ObjectNode filled) {
    JsonNode proxy = filled.path("proxy");
    if (proxy.isMissingNode()) {
      return Optional.empty();
    }
    Optional<Login> login = login(root, proxy);
    Node written = PROXY.then("address").in(root).orElseThrow();
    List<String> addresses = new Addresses(findings).read(written);
    if (addresses.size() != 1) {
      findings.error(
          FlowError.MALFORMED_VALUE,
          written.place(),
          "'proxy.address' is not one address",
          "Write host:port, such as proxy.example.com:1080.");
      return Optional.empty();
    }
    Type type =
        Arrays.stream(Type.values())
            .filter(candidate -> candidate.text().equals(proxy.path("type").asText()))
            .findFirst()
            .orElseThrow();
    Resolution resolution =
        Resolution.valueOf(proxy.path("resolve").asText().toUpperCase(Locale.ROOT));
    return Optional.of(new EgressProxy(type, addresses.get(0), login, resolution));
  }

  /** Reports a proxy of an instance whose connections would not go through it. */
  void onlyByRemoting(Node root, Protocol protocol) {
    if (protocol == Protocol.GRPC && PROXY.in(root).isPresent()) {
      findings.error(
          FlowError.WITHOUT_EFFECT,
          PROXY.namedIn(root),
          "'proxy' has no effect by gRPC, which connects directly",
          "Leave it out, or use 'protocol: remoting'.");
    }
  }

  private Optional<Login> login(Node root, JsonNode proxy) {
    Optional<String> user = Optional.ofNullable(proxy.path("user").textValue());
    Optional<String> password = Optional.ofNullable(proxy.path("password").textValue());
    if (user.isPresent() != password.isPresent()) {
      String given = user.isPresent() ? "user" : "password";
      String missing = user.isPresent() ? "password" : "user";
      findings.error(
          FlowError.WITHOUT_EFFECT,
          PROXY.then(given).namedIn(root),
          "'proxy." + given + "' has no effect without 'proxy." + missing + "'",
          "Add 'proxy." + missing + "', or remove it.");
    }
    return user.flatMap(name -> password.map(secret -> new Login(name, Secret.of(secret))));
  }

  /**
   * @see #proxy
   */
  Timeouts timeouts(Node root, ObjectNode filled) {
    JsonNode timeouts = filled.path("timeouts");
    return timeouts.isMissingNode()
        ? Timeouts.DEFAULT
        : new Timeouts(
            timeout(root, timeouts, "connect", Timeouts.DEFAULT.connect()),
            timeout(root, timeouts, "request", Timeouts.DEFAULT.request()));
  }

  private Duration timeout(Node root, JsonNode timeouts, String key, Duration otherwise) {
    Duration timeout = DurationText.parse(timeouts.path(key).asText());
    if (timeout.compareTo(SHORTEST) >= 0 && timeout.compareTo(LONGEST) <= 0) {
      return timeout;
    }
    Scalar written = (Scalar) TIMEOUTS.then(key).in(root).orElseThrow();
    findings.error(
        FlowError.OUT_OF_RANGE,
        written.place(),
        "'timeouts." + key + "' is '" + written.shown() + "', but must be between 1s and 2m",
        "It is " + otherwise.toSeconds() + "s when nothing is said.");
    return otherwise;
  }
}
