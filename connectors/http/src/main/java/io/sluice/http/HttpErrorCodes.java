package io.sluice.http;

import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.ErrorCodes;
import java.util.List;

/** Publishes {@link HttpError}. */
public final class HttpErrorCodes implements ErrorCodes {

  @Override
  public List<ErrorCode> codes() {
    return List.of(HttpError.values());
  }
}
