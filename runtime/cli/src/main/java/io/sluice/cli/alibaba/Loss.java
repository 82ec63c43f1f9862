package io.sluice.cli.alibaba;

/**
 * A part of a document that a flow file cannot say.
 *
 * @param field where it stands, such as {@code RunOptions.MaximumTasks}
 * @param why what is done in its place, one sentence without a dot
 */
public record Loss(String field, String why) {
  @Override
  public String toString() {
    return field + ": " + why;
  }
}
