package io.sluice.cli.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.output.Output;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.record.Record;
import java.nio.ByteBuffer;
import java.util.Base64;

/** A record as one line of output. */
public final class RecordLine {
  private RecordLine() {}

  /** For people: time, queue, offset, tag, keys, body. */
  public static String text(Partition partition, Record record) {
    StringBuilder line = new StringBuilder(record.storedAt().toString());
    line.append("  ").append(queue(partition)).append(" @").append(record.position());
    record.tag().ifPresent(tag -> line.append("  tag=").append(tag));
    record.keys().ifPresent(keys -> line.append("  keys=").append(keys));
    return line.append("  ").append(BodyText.preview(record.body())).toString();
  }

  /** For programs: everything. */
  public static ObjectNode json(Partition partition, Record record) {
    ObjectNode node = Output.object();
    node.put("event", "record");
    node.put("partition", partition.name());
    node.put("offset", record.position().offset());
    node.put("topic", record.topic());
    record.keys().ifPresent(keys -> node.put("keys", keys));
    record.tag().ifPresent(tag -> node.put("tag", tag));
    ObjectNode properties = node.putObject("properties");
    record.forEachUserProperty(properties::put);
    ObjectNode systemProperties = node.putObject("systemProperties");
    record.forEachSystemProperty(systemProperties::put);
    node.put("flag", record.flag());
    node.put("bornAt", record.bornAt().toString());
    node.put("storedAt", record.storedAt().toString());
    ByteBuffer body = record.body();
    BodyText.of(body)
        .ifPresentOrElse(
            text -> node.put("body", text), () -> node.put("bodyBase64", base64(body)));
    return node;
  }

  /** The last two parts of {@code instance/topic/broker/queue}: the others are known. */
  private static String queue(Partition partition) {
    String name = partition.name();
    int last = name.lastIndexOf('/');
    int previous = last <= 0 ? -1 : name.lastIndexOf('/', last - 1);
    return name.substring(previous + 1);
  }

  private static String base64(ByteBuffer body) {
    byte[] bytes = new byte[body.remaining()];
    body.duplicate().get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
