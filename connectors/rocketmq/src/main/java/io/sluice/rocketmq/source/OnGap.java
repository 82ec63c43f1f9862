package io.sluice.rocketmq.source;

import java.util.Locale;

/** What to do when messages expired before they were read. */
public enum OnGap {
  /** Stop and say so. */
  FAIL,
  /** Go on at the first message that is still stored. */
  EARLIEST,
  /** Go on behind the last message. */
  LATEST;

  static OnGap of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
