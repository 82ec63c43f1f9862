package io.sluice.cli.output;

import io.sluice.sdk.error.SluiceException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * How a call of the command ended, from the mildest to the worst. Of several, the worst counts,
 * which is the one with the highest number.
 */
public enum ExitStatus {
  /** Everything went as asked. */
  OK(0, "Everything went as asked."),
  /** Something went wrong while records were moving, or a test failed. */
  RUNTIME(1, "Something went wrong while records were moving, or a test failed."),
  /** A flow file or an argument is wrong. */
  VALIDATION(2, "A flow file or an argument is wrong."),
  /** A server, a port, a disk or a permission is not as needed. */
  ENVIRONMENT(3, "A server, a port, a disk or a permission is not as needed."),
  /** Stopped at once by an interrupt. */
  INTERRUPTED(130, "Stopped at once by an interrupt, before what was in flight was done.");

  private final int number;
  private final String meaning;

  ExitStatus(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** The number that the process ends with. */
  public int number() {
    return number;
  }

  /** One sentence for the help text. */
  public String meaning() {
    return meaning;
  }

  /** What an error ends with. */
  public static ExitStatus of(SluiceException error) {
    return switch (error.code().category()) {
      case RUNTIME -> RUNTIME;
      case VALIDATION -> VALIDATION;
      case ENVIRONMENT -> ENVIRONMENT;
    };
  }

  /** Of several errors, the one that decides: the first of those with the worst status. */
  public static Optional<SluiceException> worst(Collection<SluiceException> errors) {
    return errors.stream()
        .min(Comparator.comparing((SluiceException error) -> of(error)).reversed());
  }
}
