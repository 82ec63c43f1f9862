package io.sluice.camel;

import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.ErrorCodes;
import java.util.List;

/** Publishes {@link CamelError}. */
public final class CamelErrorCodes implements ErrorCodes {

  @Override
  public List<ErrorCode> codes() {
    return List.of(CamelError.values());
  }
}
