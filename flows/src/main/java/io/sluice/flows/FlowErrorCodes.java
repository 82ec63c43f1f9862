package io.sluice.flows;

import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.ErrorCodes;
import java.util.List;

/** Publishes {@link FlowError}. */
public final class FlowErrorCodes implements ErrorCodes {

  @Override
  public List<ErrorCode> codes() {
    return List.of(FlowError.values());
  }
}
