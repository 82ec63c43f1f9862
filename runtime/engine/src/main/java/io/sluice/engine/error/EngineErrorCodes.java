package io.sluice.engine.error;

import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.ErrorCodes;
import java.util.List;

/** Publishes the engine's codes; found with {@link java.util.ServiceLoader}. */
public final class EngineErrorCodes implements ErrorCodes {
  @Override
  public List<ErrorCode> codes() {
    return List.of(EngineError.values());
  }
}
