package io.sluice.rocketmq;

import io.sluice.rocketmq.diagnosis.DiagnosisError;
import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.ErrorCodes;
import java.util.List;
import java.util.stream.Stream;

/** Publishes the codes of this connector. */
public final class RocketMqErrorCodes implements ErrorCodes {
  @Override
  public List<ErrorCode> codes() {
    return Stream.<ErrorCode[]>of(
            RocketMqError.values(), FormatError.values(), DiagnosisError.values())
        .flatMap(Stream::of)
        .toList();
  }
}
