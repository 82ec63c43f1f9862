package io.sluice.sdk.diagnosis;

import io.sluice.sdk.error.SluiceException;

/** How a check ended. Neither texts nor problems hold secrets (I9). */
public sealed interface Verdict {

  /**
   * All is as it should be.
   *
   * @param seen what was seen, such as {@code opens}
   */
  record Passed(String seen) implements Verdict {}

  /** It works, and will not for long, or not everywhere: the message is what was seen. */
  record Doubtful(SluiceException problem) implements Verdict {}

  /** It does not work: the message is what was seen, the suggestion the remedy. */
  record Failed(SluiceException problem) implements Verdict {}

  /**
   * Nothing can be said.
   *
   * @param because why, such as {@code route failed}
   */
  record NotChecked(String because) implements Verdict {}
}
