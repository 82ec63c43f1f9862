package io.sluice.sdk.record;

import io.sluice.sdk.batch.Position;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A record as an object of its own. Immutable. */
public final class DetachedRecord implements Record {
  /** Rough size of the object around body and properties, in bytes. */
  private static final int OVERHEAD = 200;

  private static final String TAGS = "TAGS";
  private static final String KEYS = "KEYS";

  private final Position position;
  private final String topic;
  private final Map<String, String> userProperties;
  private final Map<String, String> systemProperties;
  private final byte[] body;
  private final int flag;
  private final Instant bornAt;
  private final Instant storedAt;

  private DetachedRecord(Builder builder) {
    this.position = builder.position;
    this.topic = builder.topic;
    this.userProperties = Collections.unmodifiableMap(new LinkedHashMap<>(builder.userProperties));
    this.systemProperties =
        Collections.unmodifiableMap(new LinkedHashMap<>(builder.systemProperties));
    this.body = builder.body;
    this.flag = builder.flag;
    this.bornAt = builder.bornAt;
    this.storedAt = builder.storedAt.orElse(builder.bornAt);
  }

  /** A record of a topic at a position: empty body, no properties, flag 0, born at the epoch. */
  public static Builder builder(String topic, Position position) {
    return new Builder(topic, position);
  }

  /** A lasting copy of a view. */
  public static DetachedRecord copyOf(Record record) {
    if (record instanceof DetachedRecord detached) {
      return detached;
    }
    Builder copy =
        builder(record.topic(), record.position())
            .flag(record.flag())
            .bornAt(record.bornAt())
            .storedAt(record.storedAt());
    record.forEachUserProperty(copy::userProperty);
    record.forEachSystemProperty(copy::systemProperty);
    ByteBuffer body = record.body();
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    return copy.body(bytes).build();
  }

  /** Memory held, roughly, in bytes. */
  public long bytes() {
    long bytes = OVERHEAD + body.length;
    for (Map<String, String> properties : Arrays.asList(userProperties, systemProperties)) {
      for (Map.Entry<String, String> property : properties.entrySet()) {
        bytes += 2L * (property.getKey().length() + property.getValue().length());
      }
    }
    return bytes;
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public String topic() {
    return topic;
  }

  @Override
  public Optional<String> tag() {
    return systemProperty(TAGS);
  }

  @Override
  public Optional<String> keys() {
    return systemProperty(KEYS);
  }

  @Override
  public Optional<String> userProperty(String name) {
    return Optional.ofNullable(userProperties.get(name));
  }

  @Override
  public Optional<String> systemProperty(String name) {
    return Optional.ofNullable(systemProperties.get(name));
  }

  @Override
  public void forEachUserProperty(BiConsumer<String, String> action) {
    userProperties.forEach(action);
  }

  @Override
  public void forEachSystemProperty(BiConsumer<String, String> action) {
    systemProperties.forEach(action);
  }

  @Override
  public ByteBuffer body() {
    return ByteBuffer.wrap(body).asReadOnlyBuffer();
  }

  @Override
  public int flag() {
    return flag;
  }

  @Override
  public Instant bornAt() {
    return bornAt;
  }

  @Override
  public Instant storedAt() {
    return storedAt;
  }

  @Override
  public String toString() {
    return topic + "@" + position + " (" + body.length + " bytes)";
  }

  /** Collects the parts of a record. Not thread-safe. */
  public static final class Builder {
    private final String topic;
    private final Position position;
    private final Map<String, String> userProperties = new LinkedHashMap<>();
    private final Map<String, String> systemProperties = new LinkedHashMap<>();
    private byte[] body = new byte[0];
    private int flag;
    private Instant bornAt = Instant.EPOCH;
    private Optional<Instant> storedAt = Optional.empty();

    private Builder(String topic, Position position) {
      this.topic = Objects.requireNonNull(topic);
      this.position = Objects.requireNonNull(position);
    }

    public Builder tag(String tag) {
      return systemProperty(TAGS, tag);
    }

    /**
     * @param keys separated by spaces
     */
    public Builder keys(String keys) {
      return systemProperty(KEYS, keys);
    }

    public Builder userProperty(String name, String value) {
      userProperties.put(name, value);
      return this;
    }

    public Builder systemProperty(String name, String value) {
      systemProperties.put(name, value);
      return this;
    }

    /**
     * @param body taken over, not copied
     */
    public Builder body(byte[] body) {
      this.body = Objects.requireNonNull(body);
      return this;
    }

    public Builder flag(int flag) {
      this.flag = flag;
      return this;
    }

    public Builder bornAt(Instant bornAt) {
      this.bornAt = Objects.requireNonNull(bornAt);
      return this;
    }

    /** Defaults to the time at which it was born. */
    public Builder storedAt(Instant storedAt) {
      this.storedAt = Optional.of(storedAt);
      return this;
    }

    public DetachedRecord build() {
      return new DetachedRecord(this);
    }
  }
}
