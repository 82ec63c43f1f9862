package io.sluice.rocketmq.grpc;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;

/** No answer to a call that may have reached the proxy: what it asked for may have been done. */
public final class CallLost extends RetriableException {
  CallLost(RocketMqError code, String message, Location place, Throwable cause) {
    super(code, message, place, code.remedy(), cause);
  }
}
