package io.sluice.engine;

import io.sluice.engine.error.EngineError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.camel.CamelExecutionException;

/** Finds the error that users can look up in whatever was thrown. */
final class Failures {
  private Failures() {}

  /**
   * The Sluice error inside, or one that says who failed how.
   *
   * @param who subject of the sentence, such as {@code the source}
   */
  static SluiceException of(Throwable thrown, String who, Location place) {
    Throwable cause = thrown;
    while (isWrapper(cause) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof SluiceException known) {
      return known.location().equals(Location.NONE) ? known.at(place) : known;
    }
    return new SluiceException(
        EngineError.UNEXPECTED,
        who + " failed with " + cause,
        place,
        EngineError.UNEXPECTED.remedy(),
        cause);
  }

  private static boolean isWrapper(Throwable thrown) {
    return thrown instanceof CompletionException
        || thrown instanceof ExecutionException
        || thrown instanceof CamelExecutionException;
  }
}
