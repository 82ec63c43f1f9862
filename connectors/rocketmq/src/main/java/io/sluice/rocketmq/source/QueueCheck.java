package io.sluice.rocketmq.source;

import io.sluice.rocketmq.client.CallFailure;
import io.sluice.rocketmq.client.Serial;
import io.sluice.rocketmq.pull.Pulled;
import io.sluice.rocketmq.pull.QueuePuller;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.stored.StoredChunk;
import io.sluice.sdk.source.Landmark;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks, whenever there is doubt, whether a queue is still the one that was read before. Everything
 * runs on the reader's {@link Serial}.
 */
final class QueueCheck {
  /**
   * A pull that the broker held may have outlived its queue. To delete a topic, create it anew and
   * fill it takes longer than this; so much time may pass between a look and what is read then.
   */
  private static final Duration TRUSTED = Duration.ofMillis(100);

  private final Queue queue;
  private final QueuePuller puller;
  private final Scheduler scheduler;
  private final Serial serial;
  private final Continuity continuity;
  private boolean underWay;
  private long confirmedAt;

  /** What a look brought. */
  sealed interface Finding {
    /** It is the same queue, or nothing is left by which that could be told. */
    record Same() implements Finding {}

    /** The queue begins anew, or ends before what was read. */
    record Another(Pulled.Outside range, boolean certain) implements Finding {}

    /** The broker shows nothing there: the queue is being removed, or not shown yet. */
    record Nothing() implements Finding {}

    /** There was no answer. */
    record Failed(Throwable cause) implements Finding {}
  }

  /**
   * @param puller pulls without a filter
   * @param before of a message that an earlier run has read
   */
  QueueCheck(
      Queue queue,
      QueuePuller puller,
      Scheduler scheduler,
      Serial serial,
      Optional<Landmark> before) {
    this.queue = queue;
    this.puller = puller;
    this.scheduler = scheduler;
    this.serial = serial;
    this.continuity = new Continuity(before);
    this.confirmedAt = scheduler.nanoTime() - TRUSTED.toNanos();
  }

  /** Messages of the queue were read, behind all earlier ones. */
  void read(StoredChunk messages) {
    continuity.read(messages);
  }

  /** Reading was interrupted. */
  void interrupted() {
    continuity.interrupted();
  }

  /** A pull was answered that the broker may have held for long. */
  void held() {
    if (scheduler.nanoTime() - confirmedAt > TRUSTED.toNanos()) {
      continuity.interrupted();
    }
  }

  /** Another queue begins, or a part of this one that follows no other. */
  void begun() {
    continuity.begun();
  }

  /** Whether nothing more may be read before {@link #look}. */
  boolean isDue() {
    return continuity.isDoubtful();
  }

  boolean isUnderWay() {
    return underWay;
  }

  /** Looks whether the last message that was read is still there, unless that is under way. */
  void look(Consumer<Finding> then) {
    if (underWay) {
      return;
    }
    underWay = true;
    puller
        .look(queue, continuity.lastOffset())
        .whenComplete(
            (pulled, failure) ->
                serial.execute(
                    () -> {
                      underWay = false;
                      then.accept(
                          failure == null
                              ? found(pulled)
                              : new Finding.Failed(CallFailure.unwrap(failure)));
                    }));
  }

  private Finding found(Pulled pulled) {
    if (pulled instanceof Pulled.Outside outside) {
      return outside.end() <= continuity.lastOffset()
          ? new Finding.Another(outside, false)
          : confirmed(); // it has expired
    }
    Pulled.Stretch stretch = (Pulled.Stretch) pulled;
    if (stretch.messages().isEmpty()) {
      return new Finding.Nothing();
    }
    return continuity.isConfirmedBy(stretch.messages().get())
        ? confirmed()
        : new Finding.Another(new Pulled.Outside(stretch.first(), stretch.end()), true);
  }

  private Finding confirmed() {
    confirmedAt = scheduler.nanoTime();
    continuity.confirmed();
    return new Finding.Same();
  }
}
