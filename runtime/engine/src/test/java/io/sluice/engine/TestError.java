package io.sluice.engine;

import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RefusedRecordException;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import java.util.Locale;

/** What fakes fail with. */
public enum TestError implements ErrorCode {
  DOWN,
  BROKEN;

  /** An error that may pass. */
  public static RetriableException down(String message) {
    return new RetriableException(DOWN, message, Location.NONE);
  }

  /** An error that lies in a record. */
  public static RefusedRecordException poison(String message) {
    return new RefusedRecordException(BROKEN, message, Location.NONE);
  }

  /** An error that stays. */
  public static SluiceException broken(String message) {
    return new SluiceException(BROKEN, message, Location.NONE);
  }

  @Override
  public Description description() {
    return new Description(
        "test." + name().toLowerCase(Locale.ROOT),
        Category.RUNTIME,
        "A fake was told to fail.",
        "Tell it otherwise.");
  }
}
