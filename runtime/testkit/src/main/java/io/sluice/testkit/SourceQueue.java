package io.sluice.testkit;

import io.sluice.testkit.AcknowledgedMessages.Acknowledged;
import java.util.ArrayList;
import java.util.List;

/**
 * What a queue of the source holds, beside what its broker acknowledged; both in the order of their
 * offsets. Passes on what the mirror must hold. For one thread.
 */
final class SourceQueue {
  private final List<Acknowledged> acknowledged;
  private final ExpectedQueue wanted;
  private final List<Long> forgotten = new ArrayList<>();
  private int next;

  SourceQueue(List<Acknowledged> acknowledged, ExpectedQueue wanted) {
    this.acknowledged = acknowledged;
    this.wanted = wanted;
  }

  /** The queue begins here; what was acknowledged before has expired. */
  void begin(long offset) {
    for (; next < acknowledged.size() && at(next).offset() < offset; next++) {
      wanted.add(at(next).offset(), at(next).message());
    }
  }

  /** The queue holds a message. */
  void add(long offset, Fingerprint message) {
    forgetBefore(offset);
    if (next < acknowledged.size() && at(next).offset() == offset) {
      if (at(next).message().content() != message.content()) {
        forgotten.add(offset);
      }
      next++;
    }
    wanted.add(offset, message);
  }

  /** The queue holds no more. */
  void end() {
    forgetBefore(Long.MAX_VALUE);
  }

  /** The offsets of what was acknowledged and is not there as it was sent. */
  List<Long> forgotten() {
    return forgotten;
  }

  private void forgetBefore(long offset) {
    for (; next < acknowledged.size() && at(next).offset() < offset; next++) {
      forgotten.add(at(next).offset());
    }
  }

  private Acknowledged at(int index) {
    return acknowledged.get(index);
  }
}
