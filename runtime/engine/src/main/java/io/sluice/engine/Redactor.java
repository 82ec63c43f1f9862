package io.sluice.engine;

import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Acl;
import io.sluice.sdk.instance.EgressProxy;
import io.sluice.sdk.instance.EgressProxy.Login;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Secret;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The last guard before an error is shown (I9): connectors promise to keep secrets out of their
 * messages, but the libraries that they use promised nothing. Immutable.
 */
final class Redactor {
  private static final String HIDDEN = "***";

  private final List<String> secrets;

  Redactor(Collection<Instance> instances) {
    this.secrets =
        instances.stream()
            .flatMap(Redactor::secrets)
            .map(Secret::reveal)
            .filter(secret -> !secret.isEmpty())
            .toList();
  }

  private static Stream<Secret> secrets(Instance instance) {
    return Stream.of(
            instance.acl().stream().flatMap(Redactor::secrets),
            instance.tls().trustPassword().stream(),
            instance.tls().privateKeyPassword().stream(),
            instance.proxy().flatMap(EgressProxy::login).map(Login::password).stream())
        .flatMap(some -> some);
  }

  private static Stream<Secret> secrets(Acl acl) {
    return Stream.concat(Stream.of(acl.secretKey(), acl.accessKey()), acl.securityToken().stream());
  }

  /** The same error, or one without the secrets and without the causes that tell them. */
  SluiceException redact(SluiceException error) {
    if (!tellsSecrets(error) && !hasSecret(error.suggestion())) {
      return error;
    }
    String message = redact(error.message());
    String suggestion = redact(error.suggestion());
    return error instanceof RetriableException
        ? new RetriableException(error.code(), message, error.location(), suggestion, null)
        : new SluiceException(error.code(), message, error.location(), suggestion, null);
  }

  private boolean tellsSecrets(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (hasSecret(String.valueOf(cause.getMessage()))) {
        return true;
      }
    }
    return false;
  }

  private boolean hasSecret(String text) {
    return secrets.stream().anyMatch(text::contains);
  }

  private String redact(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, HIDDEN);
    }
    return clean;
  }
}
