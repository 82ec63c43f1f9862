package io.sluice.cli.run;

import java.time.Duration;
import java.util.Optional;

/**
 * How to run.
 *
 * @param exitWhenIdle end after all flows have had nothing to do for this time; empty to go on
 * @param startTimeout how long a flow may take to start; zero for as long as it takes
 * @param drainTimeout how long to wait for what is in flight at the end
 */
public record RunOptions(
    Optional<Duration> exitWhenIdle, Duration startTimeout, Duration drainTimeout) {}
