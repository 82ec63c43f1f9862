package io.sluice.sdk.instance;

/** Credentials of one instance. */
public record Acl(Secret accessKey, Secret secretKey) {}
