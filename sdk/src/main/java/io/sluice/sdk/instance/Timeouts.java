package io.sluice.sdk.instance;

import java.time.Duration;

/**
 * How long to wait for an instance's servers.
 *
 * @param connect for a connection to open, and for a proxy to open one
 * @param request for the answer to a request, on top of the time for which a server is asked to
 *     wait by itself
 */
public record Timeouts(Duration connect, Duration request) {

  /** 3 s and 5 s. */
  public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(5));

  public Timeouts {
    if (connect.isNegative() || connect.isZero() || request.isNegative() || request.isZero()) {
      throw new IllegalArgumentException("no time to wait: " + connect + ", " + request);
    }
  }
}
