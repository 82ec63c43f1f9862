package io.sluice.cli.message;

import io.sluice.cli.CommandError;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.WriteResult;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Sends messages through a sink, batch by batch. Messages of the same key go to the same queue, in
 * order; those without a key go to all queues in turn. Owns its sink. For one thread; blocks.
 */
public final class MessageSender implements AutoCloseable {
  private static final int LANES = 4;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Sink sink;
  private final String topic;
  private final Duration patience;
  private final List<Lane> lanes;
  private int turn;
  private long sent;

  /**
   * @param patience how long one batch may take, repetitions included
   */
  public MessageSender(Sink sink, String topic, Duration patience) {
    this.sink = sink;
    this.topic = topic;
    this.patience = patience;
    String name = "sluice-send/" + UUID.randomUUID() + "/";
    this.lanes =
        IntStream.range(0, LANES)
            .mapToObj(number -> new Lane(new Partition(name + number, number)))
            .toList();
  }

  /** Messages that are stored at the target. */
  public long sent() {
    return sent;
  }

  /**
   * Sends them all. When one cannot be read, those before it are sent.
   *
   * @throws SluiceException at the first one that is not read or not stored
   */
  public void send(Iterator<OutgoingMessage> messages) {
    Answers.of(sink.prepare(lanes.stream().map(Lane::partition).toList(), Map.of()), patience);
    while (messages.hasNext()) {
      OutgoingMessage message;
      try {
        message = messages.next();
      } catch (SluiceException e) {
        flush();
        throw e;
      }
      Lane lane = lane(message);
      lane.add(message, topic);
      if (lane.isFull()) {
        write(lane.take());
      }
    }
    flush();
  }

  /** Closes the sink. */
  @Override
  public void close() {
    sink.close();
  }

  private Lane lane(OutgoingMessage message) {
    int number = message.key().map(String::hashCode).orElseGet(() -> turn++);
    return lanes.get(Math.floorMod(number, LANES));
  }

  private void flush() {
    for (Lane lane : lanes) {
      if (!lane.isEmpty()) {
        write(lane.take());
      }
    }
  }

  private void write(Batch batch) {
    long deadline = System.nanoTime() + patience.toNanos();
    Batch rest = batch;
    while (true) {
      WriteResult result = answer(rest);
      if (result instanceof WriteResult.Stored) {
        sent += rest.count();
        return;
      }
      if (result instanceof WriteResult.Unknown unknown) {
        sent += rest.count() - rest.from(unknown.from()).count();
        throw fateUnknown(unknown.reason());
      }
      WriteResult.NotStored notStored = (WriteResult.NotStored) result;
      Batch remainder = rest.from(notStored.from());
      sent += rest.count() - remainder.count();
      rest = remainder;
      boolean again = notStored.reason() instanceof RetriableException;
      if (!again || System.nanoTime() - deadline > 0) {
        throw notStored.reason();
      }
      Answers.pause(PAUSE);
    }
  }

  private WriteResult answer(Batch batch) {
    try {
      return Answers.of(sink.write(batch), patience);
    } catch (SluiceException silence) {
      throw fateUnknown(silence);
    }
  }

  /** Sending again could store twice, so that is left to whoever knows whether it matters. */
  private static SluiceException fateUnknown(SluiceException reason) {
    return new SluiceException(
        CommandError.NOT_SENT,
        "Some messages may or may not be stored: " + reason.message(),
        Location.NONE,
        CommandError.NOT_SENT.remedy(),
        reason);
  }
}
