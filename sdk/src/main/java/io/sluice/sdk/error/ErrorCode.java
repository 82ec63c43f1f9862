package io.sluice.sdk.error;

/**
 * One outcome that users can look up: stable, documented in {@code docs/errors.md}, never reused
 * for another meaning.
 *
 * <p>Each module lists its codes in an enum that implements this interface and publishes it through
 * {@link ErrorCodes}.
 */
public interface ErrorCode {

  /** All that there is to say about this code; the same object or an equal one at each call. */
  Description description();

  /** The code as printed, {@code area.what-happened}, such as {@code flow.unknown-instance}. */
  default String id() {
    return description().id();
  }

  /** Decides the exit status of the command. */
  default Category category() {
    return description().category();
  }

  /** What happened, one sentence. */
  default String meaning() {
    return description().meaning();
  }

  /** What to do about it, one or two sentences. */
  default String remedy() {
    return description().remedy();
  }

  /** What an enum of codes holds for each of its constants; the accessors of the code say more. */
  record Description(String id, Category category, String meaning, String remedy) {}

  /** Whose turn it is. */
  enum Category {
    /** Something went wrong while records were moving. */
    RUNTIME(1),
    /** A flow file or an argument is wrong. */
    VALIDATION(2),
    /** A server, a port, a disk or a permission is not as needed. */
    ENVIRONMENT(3);

    private final int exitStatus;

    Category(int exitStatus) {
      this.exitStatus = exitStatus;
    }

    /** Status with which the command ends when an error of this category is the worst one. */
    public int exitStatus() {
      return exitStatus;
    }
  }
}
