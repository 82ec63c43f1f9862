package io.sluice.generator;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.DetachedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes records up, the same one for the same number. For one thread. */
final class RecordMaker {
  private static final byte[] CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int BITS = 6;

  private final GeneratorConfiguration configuration;
  private final Chance tag;
  private final Chance body;
  private final List<Field> fields = new ArrayList<>();

  RecordMaker(GeneratorConfiguration configuration) {
    this.configuration = configuration;
    this.tag = new Chance(configuration.seed(), "tag");
    this.body = new Chance(configuration.seed(), "size");
    configuration.keys().ifPresent(text -> field("keys", text, DetachedRecord.Builder::keys));
    configuration
        .body()
        .ifPresent(
            text ->
                field(
                    "body",
                    text,
                    (record, value) -> record.body(value.getBytes(StandardCharsets.UTF_8))));
    configuration
        .properties()
        .forEach(
            (name, text) ->
                field(
                    "property " + name, text, (record, value) -> record.userProperty(name, value)));
  }

  private void field(String name, String template, Setter setter) {
    fields.add(new Field(Template.parse(template), new Chance(configuration.seed(), name), setter));
  }

  /** One field of the records that comes from a template. */
  private record Field(Template template, Chance chance, Setter setter) {}

  @FunctionalInterface
  private interface Setter {
    void set(DetachedRecord.Builder record, String value);
  }

  /**
   * The record of a number.
   *
   * @param sequence its number over all partitions, from 0
   */
  DetachedRecord make(long sequence, int partition, Position position, Instant now) {
    DetachedRecord.Builder record =
        DetachedRecord.builder(configuration.topic(), position).bornAt(now);
    List<String> tags = configuration.tags();
    if (!tags.isEmpty()) {
      tag.of(sequence);
      record.tag(tags.get((int) tag.below(tags.size())));
    }
    if (configuration.body().isEmpty()) {
      record.body(randomBody(sequence));
    }
    Template.Subject subject = new Template.Subject(sequence, partition, now);
    for (Field field : fields) {
      field.chance().of(sequence);
      field.setter().set(record, field.template().text(subject, field.chance()));
    }
    return record.build();
  }

  private byte[] randomBody(long sequence) {
    body.of(sequence);
    byte[] bytes = new byte[configuration.size().orElse(GeneratorConfiguration.DEFAULT_SIZE)];
    int at = 0;
    while (at < bytes.length) {
      long random = body.next();
      for (int used = 0; used + BITS <= Long.SIZE && at < bytes.length; used += BITS) {
        bytes[at++] = CHARACTERS[(int) (random >>> used) & CHARACTERS.length - 1];
      }
    }
    return bytes;
  }
}
