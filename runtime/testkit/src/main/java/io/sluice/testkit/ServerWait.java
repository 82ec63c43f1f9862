package io.sluice.testkit;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/** Waits until servers have come to something, and tells their last words if they do not. */
final class ServerWait {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(100);

  private ServerWait() {}

  /**
   * Blocks until a condition holds; whatever it throws counts as no.
   *
   * @param needed the condition cannot come about when one of them has ended
   * @throws IllegalStateException if it does not hold in time
   */
  static void until(String what, Callable<Boolean> condition, ServerProcess... needed) {
    try {
      await(what)
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .atMost(PATIENCE)
          .ignoreExceptions()
          .failFast("A server has ended", () -> !Stream.of(needed).allMatch(ServerProcess::isAlive))
          .until(condition);
    } catch (ConditionTimeoutException | TerminalFailureException failure) {
      throw new IllegalStateException(
          Stream.of(needed)
              .map(ServerProcess::lastWords)
              .collect(
                  Collectors.joining(
                      "\n---\n", "Not so within %s: %s\n".formatted(PATIENCE, what), "")),
          failure);
    }
  }
}
