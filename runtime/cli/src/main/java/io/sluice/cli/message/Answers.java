package io.sluice.cli.message;

import io.sluice.cli.CommandError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what sources and sinks answer later. */
final class Answers {
  private Answers() {}

  /**
   * The answer. Blocks.
   *
   * @throws SluiceException if there is none in time, or it is one
   */
  static <T> T of(CompletionStage<T> answer, Duration patience) {
    try {
      return answer.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (TimeoutException e) {
      throw new SluiceException(
          CommandError.NO_ANSWER,
          "There is no answer after " + patience.toSeconds() + " s.",
          Location.NONE);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Waits for an end, whatever it is. Blocks. */
  static void settle(CompletionStage<?> end, Duration patience) {
    try {
      of(end.handle((nothing, failure) -> true), patience);
    } catch (SluiceException e) {
      // It had its time.
    }
  }

  /** Lets some time pass. Blocks. */
  static void pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static RuntimeException failure(Throwable cause) {
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }

  private static IllegalStateException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for an answer", cause);
  }
}
