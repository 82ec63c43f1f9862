package io.sluice.acceptance.matrix;

import static io.sluice.acceptance.matrix.Role.READER;
import static io.sluice.acceptance.matrix.Role.WRITER;

import io.sluice.testkit.ServerSecurity.User;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be wrong with how an instance is to be reached, and what a flow then says. */
enum WrongCase {
  UNKNOWN_AUTHORITY("rocketmq.tls-untrusted", READER),
  WRONG_NAME("rocketmq.tls-wrong-host", READER),
  EXPIRED("rocketmq.tls-expired", READER),
  PLAINTEXT_TO_TLS("rocketmq.tls-required", READER),
  TLS_TO_PLAINTEXT("rocketmq.tls-not-offered", READER),
  NO_CERTIFICATE("rocketmq.tls-client-refused", READER),
  WRONG_SECRET_OF_READER("rocketmq.unauthenticated", READER),
  WRONG_SECRET_OF_WRITER("rocketmq.unauthenticated", WRITER),
  NO_PERMISSION_TO_READ("rocketmq.denied", READER),
  NO_PERMISSION_TO_WRITE("rocketmq.denied", WRITER);

  /** Whose secret is wrong. */
  static final String WRONG_SECRET = "secret-that-is-wrong";

  private final String code;
  private final Role role;

  WrongCase(String code, Role role) {
    this.code = code;
    this.role = role;
  }

  /** Those that servers of a mode can show. */
  static List<WrongCase> of(Mode mode) {
    return Arrays.stream(values()).filter(wrong -> wrong.concerns(mode)).toList();
  }

  private boolean concerns(Mode mode) {
    return switch (this) {
      case UNKNOWN_AUTHORITY, WRONG_NAME, EXPIRED, PLAINTEXT_TO_TLS -> mode.isEncrypted();
      case TLS_TO_PLAINTEXT -> !mode.isEncrypted();
      case NO_CERTIFICATE -> mode.transport() == Mode.Transport.MUTUAL_TLS;
      case WRONG_SECRET_OF_READER,
          WRONG_SECRET_OF_WRITER,
          NO_PERMISSION_TO_READ,
          NO_PERMISSION_TO_WRITE ->
          mode.hasUsers();
    };
  }

  /** What the flow has to say. */
  String code() {
    return code;
  }

  /** On which side of the flow it is wrong. */
  Role role() {
    return role;
  }

  /** For names of flows and instances. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is wrong about an instance that would be right, its address apart. */
  InstanceDocument applyTo(InstanceDocument right, Landscape landscape) {
    return switch (this) {
      case UNKNOWN_AUTHORITY, TLS_TO_PLAINTEXT -> right.trusting(landscape.otherTrust());
      case WRONG_NAME, EXPIRED -> right;
      case PLAINTEXT_TO_TLS -> right.inPlaintext();
      case NO_CERTIFICATE -> right.showingNothing();
      case WRONG_SECRET_OF_READER, WRONG_SECRET_OF_WRITER ->
          right.as(User.of(right.user().orElseThrow().key(), WRONG_SECRET));
      case NO_PERMISSION_TO_READ, NO_PERMISSION_TO_WRITE -> right.as(landscape.users().stranger());
    };
  }
}
