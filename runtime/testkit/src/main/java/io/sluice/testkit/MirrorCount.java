package io.sluice.testkit;

import java.util.ArrayList;
import java.util.List;

/** A {@link MirrorReport} in the making. For one thread. */
final class MirrorCount {
  private static final int DIFFERENCES = 10;

  private final List<String> differences = new ArrayList<>();
  private long forgotten;
  private long expected;
  private long found;
  private long lost;
  private long duplicated;
  private long reordered;
  private long corrupted;
  private long extra;

  void add(TopicQueue queue, StoredMessage message, ExpectedQueue.Verdict verdict) {
    found++;
    switch (verdict) {
      case IN_PLACE -> {}
      case LATE -> {
        reordered++;
        tell(queue, "comes after messages that it precedes at the source", message);
      }
      case CHANGED -> {
        corrupted++;
        tell(queue, "differs from its source", message);
      }
      case REPEATED -> {
        duplicated++;
        tell(queue, "is there more often than at the source", message);
      }
      case UNKNOWN -> {
        extra++;
        tell(queue, "is not expected", message);
      }
    }
  }

  void forgotten(TopicQueue queue, List<Long> offsets) {
    forgotten += offsets.size();
    for (long offset : offsets) {
      tell("%s: offset %d does not hold what was acknowledged there".formatted(queue, offset));
    }
  }

  void end(TopicQueue queue, ExpectedQueue wanted) {
    expected += wanted.size();
    lost += wanted.missing();
    for (long offset : wanted.missingOffsets(DIFFERENCES)) {
      tell("%s: the message with offset %d is missing at the target".formatted(queue, offset));
    }
  }

  private void tell(TopicQueue queue, String what, StoredMessage message) {
    if (differences.size() < DIFFERENCES) {
      tell("%s: a message %s (%s)".formatted(queue, what, message));
    }
  }

  private void tell(String difference) {
    if (differences.size() < DIFFERENCES) {
      differences.add(difference);
    }
  }

  MirrorReport report() {
    return new MirrorReport(
        forgotten, expected, found, lost, duplicated, reordered, corrupted, extra, differences);
  }
}
