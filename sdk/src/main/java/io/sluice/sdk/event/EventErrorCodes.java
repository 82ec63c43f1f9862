package io.sluice.sdk.event;

import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.ErrorCodes;
import java.util.List;

/** Publishes {@link EventError}. */
public final class EventErrorCodes implements ErrorCodes {

  @Override
  public List<ErrorCode> codes() {
    return List.of(EventError.values());
  }
}
