package io.sluice.engine.store;

import io.sluice.engine.error.EngineError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import org.h2.api.ErrorCode;

/** Turns what libraries and the system report into the store's own errors. */
final class StoreFailure {
  private StoreFailure() {}

  static SluiceException of(EngineError code, Path place, String message) {
    return new SluiceException(code, message, at(place));
  }

  /**
   * An error while the store was opened.
   *
   * @param otherwise the code, unless the cause tells a better one
   */
  static SluiceException of(Path place, Throwable cause, EngineError otherwise) {
    if (cause instanceof SluiceException known) {
      return known;
    }
    if (diskIsFull(cause)) {
      return passing(place, cause);
    }
    EngineError code = usedByAnother(cause) ? EngineError.STORE_LOCKED : otherwise;
    return new SluiceException(code, sentence(cause), at(place), code.remedy(), cause);
  }

  /** An error while an open store was read or written: to be tried again. */
  static RetriableException passing(Path place, Throwable cause) {
    EngineError code =
        diskIsFull(cause) ? EngineError.STORE_DISK_FULL : EngineError.STORE_UNAVAILABLE;
    return new RetriableException(code, sentence(cause), at(place), code.remedy(), cause);
  }

  /** Somebody has the file open with H2 itself, past our lock. */
  private static boolean usedByAnother(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
        return true;
      }
    }
    return false;
  }

  /** The systems' texts for ENOSPC and EDQUOT; Java has no type for them. */
  private static boolean diskIsFull(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("no space left")
          || message.contains("quota exceeded")
          || message.contains("not enough space on the disk")) {
        return true;
      }
    }
    return false;
  }

  private static String sentence(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  private static Location at(Path place) {
    return new Location.Named(place.toString());
  }
}
