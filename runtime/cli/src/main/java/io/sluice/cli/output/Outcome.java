package io.sluice.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sdk.error.SluiceException;
import java.util.Optional;

/**
 * What a verb answers.
 *
 * @param status how it ended
 * @param summary one line for people; empty for none
 * @param result what programs read, different for each verb
 * @param error what kept it from its end, the worst of several; present unless the status is OK
 * @param told whether people have read of the error on the way
 */
public record Outcome(
    ExitStatus status,
    String summary,
    ObjectNode result,
    Optional<SluiceException> error,
    boolean told) {

  /** All went well. */
  public static Outcome ok(String summary, ObjectNode result) {
    return new Outcome(ExitStatus.OK, summary, result, Optional.empty(), false);
  }

  /** An error ended it before there was a result. */
  public static Outcome failed(SluiceException error) {
    return failed(error, "", Output.object());
  }

  /** An error ended it after part of the work. */
  public static Outcome failed(SluiceException error, String summary, ObjectNode result) {
    return new Outcome(ExitStatus.of(error), summary, result, Optional.of(error), false);
  }

  /** An error ended it, and people have read of it already. */
  public static Outcome failedAsTold(SluiceException error, String summary, ObjectNode result) {
    return new Outcome(ExitStatus.of(error), summary, result, Optional.of(error), true);
  }
}
