package io.sluice.sdk.instance;

/** How connections to an instance are made. Flow files say the constants' names. */
public enum Access {
  /** Without encryption. */
  PLAINTEXT,

  /** With TLS only. */
  SSL,

  /** With TLS; without it where the server refuses TLS, unless {@link Tls#required} says no. */
  PERMISSIVE
}
