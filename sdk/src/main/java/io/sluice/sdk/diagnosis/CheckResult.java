package io.sluice.sdk.diagnosis;

/**
 * What one check says about one thing.
 *
 * @param check its name, the same for every instance, such as {@code metadata port}
 * @param subject what was looked at, such as an address or a topic; empty where it is the instance
 *     as a whole
 */
public record CheckResult(String check, String subject, Verdict verdict) {}
