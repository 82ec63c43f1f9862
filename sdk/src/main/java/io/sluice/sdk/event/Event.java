package io.sluice.sdk.event;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.DetachedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An event of CloudEvents 1.0. Immutable.
 *
 * <p>On RocketMQ it is a message in the binary mode of the RocketMQ transport binding: each
 * attribute is a user property {@code CE_NAME}, and the body is the data.
 */
public final class Event {
  static final String ID = "id";
  static final String SOURCE = "source";
  static final String TYPE = "type";
  static final String SUBJECT = "subject";
  static final String SPEC_VERSION = "specversion";
  static final String TIME = "time";

  /** The one attribute whose property has another name. */
  private static final String CONTENT_TYPE = "datacontenttype";

  private static final String JSON = "application/json; charset=utf-8";
  private static final String PREFIX = "CE_";

  private final Map<String, String> attributes;
  private final byte[] data;

  private Event(Builder builder) {
    this.attributes = Collections.unmodifiableMap(new LinkedHashMap<>(builder.attributes));
    this.data = builder.data;
  }

  /**
   * An event without data, with a random id, and made at no particular time: where it is put says
   * when that was.
   *
   * @param source what it comes from: a URI reference, such as {@code shop}
   * @param type what happened, such as {@code order.paid}
   */
  public static Builder builder(String source, String type) {
    return new Builder()
        .attribute(ID, UUID.randomUUID().toString())
        .attribute(SOURCE, source)
        .attribute(SPEC_VERSION, "1.0")
        .attribute(TYPE, type);
  }

  /** Tells it, with its source, from all others. */
  public String id() {
    return attributes.getOrDefault(ID, "");
  }

  /** An attribute as text. */
  public Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /** All attributes by name, in the order in which they were given. */
  public Map<String, String> attributes() {
    return attributes;
  }

  /** Length of the data and of all attributes, in bytes, as limits count it. */
  public long size() {
    long size = data.length;
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      size += attribute.getKey().length() + utf8(attribute.getValue()).length;
    }
    return size;
  }

  /**
   * The event as a message.
   *
   * @param now when it was made, if it does not say so itself
   */
  public DetachedRecord record(String topic, Position position, Instant now) {
    DetachedRecord.Builder record = DetachedRecord.builder(topic, position).body(data).bornAt(now);
    attributes.forEach(
        (name, value) ->
            record.userProperty(
                name.equals(CONTENT_TYPE) ? PREFIX + "contenttype" : PREFIX + name, value));
    if (!attributes.containsKey(TIME)) {
      record.userProperty(PREFIX + TIME, now.toString());
    }
    return record.build();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Source, type and id; not the data. */
  @Override
  public String toString() {
    return attribute(TYPE).orElse("?") + " " + id() + " of " + attribute(SOURCE).orElse("?");
  }

  /** Collects the parts of an event. Not thread-safe. */
  public static final class Builder {
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private byte[] data = new byte[0];

    private Builder() {}

    /** In place of a random one. The same event put again has the same one. */
    public Builder id(String id) {
      return attribute(ID, id);
    }

    /** What of its source it is about. */
    public Builder subject(String subject) {
      return attribute(SUBJECT, subject);
    }

    /** When it happened. */
    public Builder time(Instant time) {
      return attribute(TIME, time.toString());
    }

    /**
     * Any attribute, an extension among others.
     *
     * @param name small letters and digits
     */
    public Builder attribute(String name, String value) {
      attributes.put(name, value);
      return this;
    }

    /** Data that is JSON text. */
    public Builder json(String data) {
      return attribute(CONTENT_TYPE, JSON).data(utf8(data));
    }

    /**
     * Data of the type that the attribute {@code datacontenttype} names.
     *
     * @param data taken over, not copied
     */
    public Builder data(byte[] data) {
      this.data = data;
      return this;
    }

    public Event build() {
      return new Event(this);
    }
  }
}
