package io.sluice.sdk.error;

import java.util.List;

/**
 * The codes of one module, found with {@link java.util.ServiceLoader} to generate their
 * documentation.
 */
public interface ErrorCodes {

  /** All codes of the module, in the order in which they are documented. */
  List<ErrorCode> codes();
}
