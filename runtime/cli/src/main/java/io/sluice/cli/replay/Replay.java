package io.sluice.cli.replay;

import io.sluice.cli.message.DirectAccess;
import io.sluice.cli.message.MessageCopy;
import io.sluice.cli.message.StampedSender;
import io.sluice.cli.message.TailStart;
import io.sluice.flows.model.Addressee;
import io.sluice.flows.model.EventBus;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.batch.RecordPayload;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts the events of a time on their bus again, each with a word on which rules it is for, so that
 * the flows of the bus deliver them as they deliver any other. Events that were put there again
 * before are left out. For one thread; blocks.
 */
public final class Replay implements AutoCloseable {
  private static final int BATCH_RECORDS = 500;
  private static final long BATCH_BYTES = 1 << 20;

  private final DirectAccess access;
  private final EventBus bus;
  private final String addressee;
  private final Map<Partition, Waiting> waiting = new HashMap<>();
  private final Set<Partition> past = new HashSet<>();
  private long replayed;
  private long leftOut;

  /**
   * @param access to the topic of the bus
   * @param addressee for whom the events are, as the property says it
   */
  public Replay(DirectAccess access, EventBus bus, String addressee) {
    this.access = access;
    this.bus = bus;
    this.addressee = addressee;
  }

  /** What of one partition is to be sent. */
  private record Waiting(StampedSender sender, List<DetachedRecord> records) {
    long bytes() {
      return records.stream().mapToLong(DetachedRecord::bytes).sum();
    }
  }

  /** Events that were put on the bus again, and are stored. */
  public long replayed() {
    return replayed;
  }

  /** Events of the time that had been put on the bus again themselves. */
  public long leftOut() {
    return leftOut;
  }

  /**
   * Replays the events that were stored from one time up to, not including, another.
   *
   * @param trouble hears of what is in the way
   * @throws SluiceException at the first batch that is not stored
   */
  public void perform(Instant from, Instant to, Consumer<SluiceException> trouble) {
    access
        .tail(TailStart.parse(from.toString()))
        .readUntil(
            (partition, record) -> {
              if (!record.storedAt().isBefore(to)) {
                past.add(partition);
              } else if (!record.storedAt().isBefore(from)) {
                take(partition, record);
              }
              return true;
            },
            past::contains,
            trouble);
    waiting.forEach(this::send);
  }

  private void take(Partition partition, Record record) {
    if (Addressee.isRepeated(record, bus.name())) {
      leftOut++;
      return;
    }
    Waiting queue =
        waiting.computeIfAbsent(
            partition,
            added -> new Waiting(access.stampedSender(List.of(added)), new ArrayList<>()));
    queue.records().add(copy(record));
    if (queue.records().size() >= BATCH_RECORDS || queue.bytes() >= BATCH_BYTES) {
      send(partition, queue);
    }
  }

  private void send(Partition partition, Waiting queue) {
    if (!queue.records().isEmpty()) {
      List<DetachedRecord> records = queue.records();
      queue
          .sender()
          .send(
              Batch.of(
                  partition,
                  records.get(0).position(),
                  records.get(records.size() - 1).position().plus(1),
                  new RecordPayload(records)));
      replayed += records.size();
      records.clear();
    }
  }

  private DetachedRecord copy(Record record) {
    return MessageCopy.of(record, bus.topic(), property -> true)
        .userProperty(Addressee.PROPERTY, addressee)
        .build();
  }

  /** Closes what it sends by. */
  @Override
  public void close() {
    waiting.values().forEach(queue -> queue.sender().close());
  }
}
