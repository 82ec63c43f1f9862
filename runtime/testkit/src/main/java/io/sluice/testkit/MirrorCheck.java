package io.sluice.testkit;

import io.sluice.testkit.RocketmqClient.CallFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Compares a topic with its mirror, queue by queue: queue <i>i</i> of the target must hold what
 * queue <i>i</i> of the source holds, in the same order. If there are several brokers, their queues
 * count on in the order of the brokers' names.
 *
 * <p>Compared are body, flag, keys, tags, unique key and all user properties except {@code
 * _sluice}. Messages that the source holds twice must be twice in the target. Both topics are read
 * as they are at the moment of the call, the source first; one queue at a time is in memory, as
 * fingerprints.
 *
 * <p>Immutable.
 */
public final class MirrorCheck {
  private static final int DIFFERENCES = 10;

  private final Side source;
  private final Side target;
  private final Predicate<StoredMessage> expected;

  private record Side(String nameServer, String topic) {}

  private MirrorCheck(Side source, Side target, Predicate<StoredMessage> expected) {
    this.source = source;
    this.target = target;
    this.expected = expected;
  }

  /** Expects every message of the source at the target. */
  public static MirrorCheck between(
      String sourceNameServer, String topic, String targetNameServer, String targetTopic) {
    return new MirrorCheck(
        new Side(sourceNameServer, topic),
        new Side(targetNameServer, targetTopic),
        message -> true);
  }

  /** Expects only these messages of the source at the target; others count as extra there. */
  public MirrorCheck expecting(Predicate<StoredMessage> messages) {
    return new MirrorCheck(source, target, messages);
  }

  /**
   * Compares. Blocks until both topics are read.
   *
   * @throws IllegalStateException if one of them cannot be read
   */
  public MirrorReport run() {
    try (RocketmqClient from = new RocketmqClient(source.nameServer());
        RocketmqClient to = new RocketmqClient(target.nameServer())) {
      List<TopicQueue> sources = from.queues(source.topic());
      List<TopicQueue> targets = to.queues(target.topic());
      Count count = new Count();
      for (int queue = 0; queue < Math.max(sources.size(), targets.size()); queue++) {
        ExpectedQueue wanted = new ExpectedQueue();
        if (queue < sources.size()) {
          read(new QueueReader(from, sources.get(queue)), wanted);
        }
        if (queue < targets.size()) {
          compare(wanted, new QueueReader(to, targets.get(queue)), count);
        }
        count.end(queue < sources.size() ? sources.get(queue) : targets.get(queue), wanted);
      }
      return count.report();
    } catch (CallFailed failure) {
      throw new IllegalStateException("The topics cannot be compared", failure);
    }
  }

  private void read(QueueReader reader, ExpectedQueue wanted) throws CallFailed {
    reader.forEach(
        message -> {
          if (expected.test(message)) {
            wanted.add(message.offset(), Fingerprint.of(message));
          }
        });
  }

  private static void compare(ExpectedQueue wanted, QueueReader reader, Count count)
      throws CallFailed {
    reader.forEach(
        message -> count.add(reader.queue(), message, wanted.take(Fingerprint.of(message))));
  }

  /** The report in the making. */
  private static final class Count {
    private final List<String> differences = new ArrayList<>();
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
          expected, found, lost, duplicated, reordered, corrupted, extra, differences);
    }
  }
}
