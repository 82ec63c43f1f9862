package io.sluice.schedule;

import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.ErrorCodes;
import java.util.List;

/** Publishes {@link ScheduleError}. */
public final class ScheduleErrorCodes implements ErrorCodes {

  @Override
  public List<ErrorCode> codes() {
    return List.of(ScheduleError.values());
  }
}
