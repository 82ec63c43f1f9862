package io.sluice.rocketmq.grpc.source;

import apache.rocketmq.v2.Message;
import io.sluice.rocketmq.client.Serial;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.Position;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.source.BatchReceiver;
import io.sluice.sdk.source.Ledger;
import io.sluice.sdk.source.PartitionProgress;
import io.sluice.sdk.source.ResumePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The messages of one queue, on their way from the proxy to the engine, in the order in which they
 * came. Proxies own the positions; those of a lane only number what came in this run, which is an
 * incarnation of its own. Thread-safe.
 */
final class Lane {
  private final String topic;
  private final Partition partition;
  private final BatchReceiver receiver;
  private final Consumer<List<Received>> done;
  private final Ledger ledger;
  private final Serial serial;
  private List<Received> waiting = new ArrayList<>();
  private List<Received> offered = List.of();
  private volatile Position next;
  private Position offeredTo;
  private boolean paused;
  private boolean stopped;

  /**
   * @param before where an earlier run of the flow has come to
   * @param done takes the messages of each batch that is done
   * @param broken told of what should not happen
   */
  Lane(
      String topic,
      Partition partition,
      Optional<ResumePoint> before,
      BatchReceiver receiver,
      Consumer<List<Received>> done,
      Consumer<RuntimeException> broken) {
    this.topic = topic;
    this.partition = partition;
    this.receiver = receiver;
    this.done = done;
    this.serial = new Serial(broken);
    this.next =
        before
            .map(point -> new Position(point.next().incarnation() + 1, 0))
            .orElse(new Position(0));
    this.offeredTo = next;
    this.ledger = new Ledger(new ResumePoint(next, before.flatMap(ResumePoint::target)));
  }

  /**
   * A message has come.
   *
   * @param since when it was given out, monotonic
   */
  void add(Message message, String broker, long since) {
    long visibleAt = since + ConsumerCalls.INVISIBLE.toNanos();
    serial.execute(
        () -> {
          Received received =
              new Received(
                  MessageDecoder.decode(message, topic, next),
                  broker,
                  message.getSystemProperties().getQueueId(),
                  message.getSystemProperties().getMessageId(),
                  Receiver.bytes(message),
                  message.getSystemProperties().getReceiptHandle(),
                  visibleAt);
          next = next.plus(1);
          waiting.add(received);
        });
  }

  /** Offers what has come, if it is time. */
  void proceed() {
    serial.execute(this::offer);
  }

  void pause() {
    serial.execute(() -> paused = true);
  }

  void resume() {
    serial.execute(
        () -> {
          paused = false;
          offer();
        });
  }

  /** Offers nothing more, and hands over what is not done, to be given back. */
  CompletableFuture<List<Received>> stop() {
    CompletableFuture<List<Received>> left = new CompletableFuture<>();
    serial.execute(
        () -> {
          stopped = true;
          List<Received> all = new ArrayList<>(offered);
          all.addAll(waiting);
          waiting = new ArrayList<>();
          left.complete(all);
        });
    return left;
  }

  /** The offered batch is done. */
  void done(Batch batch, Optional<TargetPosition> stored) {
    serial.execute(
        () -> {
          if (offered.isEmpty()) {
            throw new IllegalStateException("nothing is offered: " + batch);
          }
          ledger.done(offeredTo, stored); // I1
          List<Received> messages = offered;
          offered = List.of();
          done.accept(messages);
          offer();
        });
  }

  /** Hands over what is here and not done, for a look at its time. */
  void held(Consumer<List<Received>> look) {
    serial.execute(
        () -> {
          List<Received> all = new ArrayList<>(offered);
          all.addAll(waiting);
          look.accept(all);
        });
  }

  Partition partition() {
    return partition;
  }

  /**
   * Where it stands.
   *
   * @param last whether nothing comes after what is here
   */
  PartitionProgress progress(boolean last) {
    ResumePoint point = ledger.resumePoint();
    long here = next.offset() - point.next().offset();
    return new PartitionProgress(
        partition, point, last ? OptionalLong.of(here) : OptionalLong.empty());
  }

  private void offer() {
    if (paused || stopped || !offered.isEmpty() || waiting.isEmpty()) {
      return;
    }
    offered = waiting;
    waiting = new ArrayList<>();
    Position first = offeredTo;
    offeredTo = first.plus(offered.size());
    ledger.opened(first, offeredTo);
    receiver.offer(
        Batch.of(
            partition,
            first,
            offeredTo,
            new RecordPayload(offered.stream().map(Received::record).toList())));
  }
}
