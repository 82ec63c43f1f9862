package io.sluice.rocketmq.source;

import io.sluice.rocketmq.client.AnswerTimes;
import io.sluice.rocketmq.pull.QueuePuller;

/**
 * How many pulls of one queue are under way where the broker certainly has messages, and of how
 * many messages each: as many as the way to the source takes, one more whenever the target waits
 * although all of them are under way, one less whenever more has come than is wanted.
 *
 * <p>There is one small pull at first, and there are fewer and smaller ones while answers are late
 * ({@link AnswerTimes}): otherwise locks would be lost, and answers thrown away that came after
 * their time.
 *
 * <p>For one thread.
 */
final class PullDepth {
  /** Messages of the first pulls. */
  private static final int FIRST = 4;

  /** Pulls under way at least, once it is known that the way is wide enough. */
  private static final int USUAL = 6;

  private static final int MOST = 64;

  private final AnswerTimes times;
  private int pulls = 1;
  private int messages = FIRST;

  /** Pulls that were asked before have crossed with more than there is now. */
  private long shrunkAt;

  /**
   * @param times when answers are late that the broker does not hold back
   * @param nanoTime now
   */
  PullDepth(AnswerTimes times, long nanoTime) {
    this.times = times;
    this.shrunkAt = nanoTime;
  }

  /** Pulls that may be under way. */
  int pulls() {
    return pulls;
  }

  /** So many messages of one pull, or fewer. */
  int messages(int wanted) {
    return messages == QueuePuller.MAX_MESSAGES ? wanted : Math.min(wanted, messages);
  }

  /**
   * A pull was answered that the broker has not held back.
   *
   * @param enough whether more has come than is wanted
   * @param tooFew whether the target waits although all pulls are under way
   */
  void answered(long askedAt, long nanoTime, boolean enough, boolean tooFew) {
    long took = nanoTime - askedAt;
    if (times.late(took)) {
      if (askedAt - shrunkAt >= 0) {
        shrink();
        shrunkAt = nanoTime;
      }
    } else if (messages < QueuePuller.MAX_MESSAGES || pulls < USUAL) {
      if (times.inTime(took)) {
        recover();
      }
    } else if (enough) {
      pulls = Math.max(USUAL, pulls - 1);
    } else if (tooFew && times.inTime(took)) {
      pulls = Math.min(MOST, pulls + 1);
    }
  }

  /** A pull failed, perhaps because its answer was not there in time: begins anew with few. */
  void failed() {
    if (pulls == 1) {
      shrink();
    }
    pulls = 1;
  }

  private void shrink() {
    if (pulls > 1) {
      pulls /= 2;
    } else {
      messages = Math.max(1, messages / 2);
    }
  }

  private void recover() {
    if (messages < QueuePuller.MAX_MESSAGES) {
      messages = Math.min(QueuePuller.MAX_MESSAGES, 2 * messages);
    } else {
      pulls = Math.min(USUAL, 2 * pulls);
    }
  }
}
