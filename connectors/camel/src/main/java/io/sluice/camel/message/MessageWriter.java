package io.sluice.camel.message;

import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.record.Record;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;

/**
 * Makes messages of records: the body as bytes, everything else as headers, see {@link Headers}.
 * Immutable.
 */
public final class MessageWriter {
  private static final String ROCKETMQ = "rocketmq";
  private static final String ROCKETMQ_KEY = "CamelRockerMQOverrideMessageKey";
  private static final String ROCKETMQ_TAG = "CamelRockerMQOverrideTag";

  private final Map<String, String> fixed;
  private final boolean rocketMq;

  /**
   * @param component name of the component that gets the messages
   * @param fixed headers of every message, which go before those of a record
   */
  public MessageWriter(String component, Map<String, String> fixed) {
    this.fixed = Map.copyOf(fixed);
    this.rocketMq = component.equals(ROCKETMQ);
  }

  /** Fills a message with one record. */
  public void write(Batch batch, Record record, Message message) {
    message.setBody(bytes(record));
    record.forEachUserProperty(
        (name, value) -> {
          if (Headers.mayBeSet(name)) {
            message.setHeader(name, value);
          }
        });
    message.setHeader(Headers.TOPIC, record.topic());
    message.setHeader(Headers.PARTITION, batch.partition().name());
    message.setHeader(Headers.POSITION, record.position().toString());
    message.setHeader(Headers.BORN_AT, record.bornAt().toString());
    record.keys().ifPresent(keys -> message.setHeader(Headers.KEYS, keys));
    record.tag().ifPresent(tag -> message.setHeader(Headers.TAG, tag));
    if (rocketMq) {
      record.keys().ifPresent(keys -> message.setHeader(ROCKETMQ_KEY, keys));
      record.tag().ifPresent(tag -> message.setHeader(ROCKETMQ_TAG, tag));
    }
    fixed.forEach(message::setHeader);
  }

  /** Fills a message with the bodies of all selected records, as a list of byte arrays. */
  public void write(Batch batch, Message message) {
    List<byte[]> bodies = new ArrayList<>(batch.count());
    batch.records().forEach(record -> bodies.add(bytes(record)));
    message.setBody(bodies);
    message.setHeader(Headers.PARTITION, batch.partition().name());
    message.setHeader(Headers.POSITION, batch.first().toString());
    fixed.forEach(message::setHeader);
  }

  private static byte[] bytes(Record record) {
    ByteBuffer body = record.body();
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    return bytes;
  }
}
