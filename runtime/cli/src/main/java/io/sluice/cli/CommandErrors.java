package io.sluice.cli;

import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.ErrorCodes;
import java.util.List;

/** Publishes the codes of the command. */
public final class CommandErrors implements ErrorCodes {

  @Override
  public List<ErrorCode> codes() {
    return List.of(CommandError.values());
  }
}
