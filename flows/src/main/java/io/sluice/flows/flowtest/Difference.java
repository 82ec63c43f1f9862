package io.sluice.flows.flowtest;

import io.sluice.sdk.error.Location.InFile;
import java.util.Optional;

/**
 * One thing that is not as expected.
 *
 * @param what what it is, such as {@code body.amount}
 * @param expected empty where there should be nothing
 * @param actual empty where there is nothing
 * @param place where the test says what it expects
 */
public record Difference(
    String what, Optional<String> expected, Optional<String> actual, InFile place) {}
