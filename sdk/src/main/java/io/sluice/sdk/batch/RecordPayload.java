package io.sluice.sdk.batch;

import io.sluice.sdk.record.DetachedRecord;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.record.RecordCursor;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A payload of records as objects: what transforms produce, and sources that have no bytes of
 * RocketMQ to pass on.
 */
public final class RecordPayload implements Payload {
  private final List<DetachedRecord> records;
  private final long bytes;

  /**
   * @param records by ascending position
   */
  public RecordPayload(List<DetachedRecord> records) {
    this.records = List.copyOf(records);
    this.bytes = this.records.stream().mapToLong(DetachedRecord::bytes).sum();
  }

  /** The records, by ascending position. */
  public List<DetachedRecord> records() {
    return records;
  }

  @Override
  public int count() {
    return records.size();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public RecordCursor cursor() {
    return new Cursor();
  }

  private final class Cursor implements RecordCursor {
    private int index = -1;

    @Override
    public boolean advance() {
      if (index + 1 >= records.size()) {
        return false;
      }
      index++;
      return true;
    }

    @Override
    public int index() {
      return index;
    }

    private Record current() {
      return records.get(index);
    }

    @Override
    public Position position() {
      return current().position();
    }

    @Override
    public String topic() {
      return current().topic();
    }

    @Override
    public Optional<String> tag() {
      return current().tag();
    }

    @Override
    public Optional<String> keys() {
      return current().keys();
    }

    @Override
    public Optional<String> userProperty(String name) {
      return current().userProperty(name);
    }

    @Override
    public Optional<String> systemProperty(String name) {
      return current().systemProperty(name);
    }

    @Override
    public void forEachUserProperty(BiConsumer<String, String> action) {
      current().forEachUserProperty(action);
    }

    @Override
    public void forEachSystemProperty(BiConsumer<String, String> action) {
      current().forEachSystemProperty(action);
    }

    @Override
    public ByteBuffer body() {
      return current().body();
    }

    @Override
    public int flag() {
      return current().flag();
    }

    @Override
    public Instant bornAt() {
      return current().bornAt();
    }

    @Override
    public Instant storedAt() {
      return current().storedAt();
    }

    @Override
    public DetachedRecord detach() {
      return records.get(index);
    }
  }
}
