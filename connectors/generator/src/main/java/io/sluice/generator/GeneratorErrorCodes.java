package io.sluice.generator;

import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.ErrorCodes;
import java.util.List;

/** Publishes {@link GeneratorError}. */
public final class GeneratorErrorCodes implements ErrorCodes {

  @Override
  public List<ErrorCode> codes() {
    return List.of(GeneratorError.values());
  }
}
