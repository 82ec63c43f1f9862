package io.sluice.broker;

import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.ErrorCodes;
import java.util.List;

/** Publishes {@link BrokerError}. */
public final class BrokerErrorCodes implements ErrorCodes {

  @Override
  public List<ErrorCode> codes() {
    return List.of(BrokerError.values());
  }
}
