package io.sluice.testkit;

import io.sluice.testkit.RocketmqClient.CallFailed;
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
  private final Side source;
  private final Side target;
  private final Predicate<StoredMessage> expected;
  private final AcknowledgedMessages acknowledged;

  private record Side(String nameServer, String topic) {}

  private MirrorCheck(
      Side source,
      Side target,
      Predicate<StoredMessage> expected,
      AcknowledgedMessages acknowledged) {
    this.source = source;
    this.target = target;
    this.expected = expected;
    this.acknowledged = acknowledged;
  }

  /** Expects every message of the source at the target. */
  public static MirrorCheck between(
      String sourceNameServer, String topic, String targetNameServer, String targetTopic) {
    return new MirrorCheck(
        new Side(sourceNameServer, topic),
        new Side(targetNameServer, targetTopic),
        message -> true,
        new AcknowledgedMessages());
  }

  /** Expects only these messages of the source at the target; others count as extra there. */
  public MirrorCheck expecting(Predicate<StoredMessage> messages) {
    return new MirrorCheck(source, target, messages, acknowledged);
  }

  /**
   * Expects of the source that it holds what it acknowledged, and of the target also what has
   * expired at the source since. Not for mirrors of a part.
   */
  public MirrorCheck acknowledged(AcknowledgedMessages messages) {
    return new MirrorCheck(source, target, expected, messages);
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
      MirrorCount count = new MirrorCount();
      for (int queue = 0; queue < Math.max(sources.size(), targets.size()); queue++) {
        ExpectedQueue wanted = new ExpectedQueue();
        if (queue < sources.size()) {
          SourceQueue present = new SourceQueue(acknowledged.of(queue), wanted);
          read(new QueueReader(from, sources.get(queue)), present);
          count.forgotten(sources.get(queue), present.forgotten());
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

  private void read(QueueReader reader, SourceQueue queue) throws CallFailed {
    queue.begin(reader.first());
    reader.forEach(
        message -> {
          if (expected.test(message)) {
            queue.add(message.offset(), Fingerprint.of(message));
          }
        });
    queue.end();
  }

  private static void compare(ExpectedQueue wanted, QueueReader reader, MirrorCount count)
      throws CallFailed {
    reader.forEach(
        message -> count.add(reader.queue(), message, wanted.take(Fingerprint.of(message))));
  }
}
