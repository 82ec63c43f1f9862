package io.sluice.sdk.source;

/**
 * What a source will know a partition again by, of a record before the position that it is stored
 * with: if that record is not there any more, or another one is in its place, the partition is not
 * the one that was read. The source gives it, or a sink that holds copies of its records; only the
 * source understands it.
 *
 * @param text at most {@value #LONGEST} characters
 */
public record Landmark(String text) {
  public static final int LONGEST = 200;

  public Landmark {
    if (text.isEmpty() || text.length() > LONGEST) {
      throw new IllegalArgumentException("no landmark: '" + text + "'");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
