package io.sluice.sdk.instance;

import java.util.Optional;

/**
 * Credentials of one instance.
 *
 * @param securityToken goes with temporary credentials
 */
public record Acl(Secret accessKey, Secret secretKey, Optional<Secret> securityToken) {

  /** Lasting credentials. */
  public Acl(Secret accessKey, Secret secretKey) {
    this(accessKey, secretKey, Optional.empty());
  }
}
