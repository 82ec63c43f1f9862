package io.sluice.rocketmq.transport;

import io.sluice.rocketmq.RocketMqError;
import org.jspecify.annotations.Nullable;

/** Why a connection to an address cannot be used, other than that nobody is there. */
public final class TransportFault extends Exception {
  private static final long serialVersionUID = 1;

  private final RocketMqError code;

  TransportFault(RocketMqError code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public RocketMqError code() {
    return code;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
