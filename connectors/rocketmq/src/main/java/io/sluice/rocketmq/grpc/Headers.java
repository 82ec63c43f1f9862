package io.sluice.rocketmq.grpc;

import io.grpc.Metadata;
import io.sluice.sdk.instance.Acl;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What each call says about its caller: who it is, what it speaks, in which namespace, and, with
 * credentials, a signature over the time, which holds for all calls of one second. The format is
 * that of {@code Signature} in RocketMQ's own client. Thread-safe.
 */
final class Headers {
  private static final String ALGORITHM = "HmacSHA1";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
  private static final Metadata.Key<String> DATE_TIME = key("x-mq-date-time");
  private static final Metadata.Key<String> SESSION_TOKEN = key("x-mq-session-token");
  private static final Metadata.Key<String> CLIENT_ID = key("x-mq-client-id");
  private static final Metadata.Key<String> LANGUAGE = key("x-mq-language");
  private static final Metadata.Key<String> CLIENT_VERSION = key("x-mq-client-version");
  private static final Metadata.Key<String> PROTOCOL = key("x-mq-protocol");
  private static final Metadata.Key<String> NAMESPACE = key("x-mq-namespace");

  private final Optional<Acl> acl;
  private final Optional<String> namespace;
  private final Optional<SecretKeySpec> secret;
  private volatile Signed last = new Signed("", "");

  /**
   * @param namespace what goes beside the names of topics and groups
   */
  Headers(Optional<Acl> acl, Optional<String> namespace) {
    this.acl = acl;
    this.namespace = namespace;
    this.secret =
        acl.map(
            known ->
                new SecretKeySpec(
                    known.secretKey().reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
  }

  private record Signed(String time, String authorization) {}

  /**
   * The headers of a call that is made now.
   *
   * @param clientId names the source or the sink that calls
   */
  Metadata of(String clientId, Instant now) {
    Metadata headers = new Metadata();
    headers.put(LANGUAGE, "JAVA");
    headers.put(PROTOCOL, "v2");
    headers.put(CLIENT_VERSION, Session.CLIENT_VERSION);
    headers.put(CLIENT_ID, clientId);
    namespace.ifPresent(id -> headers.put(NAMESPACE, id));
    String time = TIME.format(now);
    headers.put(DATE_TIME, time);
    acl.ifPresent(
        known -> {
          headers.put(AUTHORIZATION, authorization(known, time));
          known.securityToken().ifPresent(token -> headers.put(SESSION_TOKEN, token.reveal()));
        });
    return headers;
  }

  private String authorization(Acl known, String time) {
    Signed signed = last;
    if (!signed.time.equals(time)) {
      signed =
          new Signed(
              time,
              "MQv2-HMAC-SHA1 Credential="
                  + known.accessKey().reveal()
                  + ", SignedHeaders="
                  + DATE_TIME.name()
                  + ", Signature="
                  + signature(time));
      last = signed;
    }
    return signed.authorization;
  }

  private String signature(String time) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret.orElseThrow());
      return HexFormat.of()
          .withUpperCase()
          .formatHex(mac.doFinal(time.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible); // every JDK has it
    }
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
