package io.sluice.flows.fake;

import io.sluice.sdk.connector.Connector;
import io.sluice.sdk.connector.SinkDescription;
import io.sluice.sdk.connector.SinkType;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.connector.SourceType;
import io.sluice.sdk.error.ErrorCode;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import io.sluice.sdk.instance.Protocol;
import io.sluice.sdk.record.RecordPart;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.SinkContext;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A connector with the options of the real one and nothing behind them. */
public final class FakeRocketMq implements Connector {

  /** Where to begin. */
  public enum Offset {
    CONSUME_FROM_LAST_OFFSET,
    CONSUME_FROM_FIRST_OFFSET,
    CONSUME_FROM_TIMESTAMP
  }

  /** What to read. */
  public record Reading(
      String instance,
      String topic,
      Optional<String> groupID,
      String filterType,
      String tag,
      Offset offset,
      Optional<String> timestamp,
      OptionalInt queues,
      Optional<String> reader) {

    public Reading(
        String instance,
        String topic,
        Optional<String> groupID,
        String filterType,
        String tag,
        Offset offset,
        Optional<String> timestamp) {
      this(
          instance,
          topic,
          groupID,
          filterType,
          tag,
          offset,
          timestamp,
          OptionalInt.empty(),
          Optional.empty());
    }

    public Reading {
      if (offset == Offset.CONSUME_FROM_TIMESTAMP && timestamp.isEmpty()) {
        throw new SluiceException(
            FakeError.TIMESTAMP_MISSING,
            "group " + groupID.orElse("") + " begins at a timestamp, but none is given",
            Location.NONE);
      }
      if (topic.equals("forbidden")) {
        throw new IllegalArgumentException("topic " + topic + " is reserved");
      }
    }
  }

  /** What to write. */
  public record Writing(
      String instance,
      Optional<String> topic,
      boolean createTopic,
      boolean cutsLoops,
      OptionalInt queues) {

    public Writing(
        String instance, Optional<String> topic, boolean createTopic, boolean cutsLoops) {
      this(instance, topic, createTopic, cutsLoops, OptionalInt.empty());
    }
  }

  @Override
  public String name() {
    return "rocketmq";
  }

  @Override
  public String summary() {
    return "Topics of RocketMQ instances.";
  }

  @Override
  public Optional<SourceType<?>> source() {
    return Optional.of(new Reader());
  }

  @Override
  public Optional<SinkType<?>> sink() {
    return Optional.of(new Writer());
  }

  private static final class Reader implements SourceType<Reading> {
    @Override
    public Class<Reading> configuration() {
      return Reading.class;
    }

    @Override
    public String schema() {
      return """
          {
            "type": "object",
            "required": ["instance", "topic", "groupID"],
            "additionalProperties": false,
            "properties": {
              "instance": { "type": "string", "minLength": 1,
                "description": "Name of the instance to read." },
              "topic": { "$ref": "#/$defs/topic", "description": "Topic to read." },
              "groupID": { "type": "string", "pattern": "^[A-Za-z0-9_-]{1,255}$",
                "description": "Consumer group: letters, digits, '_' and '-'." },
              "filterType": { "type": "string", "enum": ["TAG"], "default": "TAG",
                "description": "How the broker filters." },
              "tag": { "type": "string", "default": "*",
                "description": "Tags to read: '*', or 'a || b'." },
              "offset": { "type": "string", "default": "CONSUME_FROM_LAST_OFFSET",
                "enum": ["CONSUME_FROM_LAST_OFFSET", "CONSUME_FROM_FIRST_OFFSET",
                  "CONSUME_FROM_TIMESTAMP"],
                "description": "Where a new group begins." },
              "timestamp": { "type": ["integer", "string"],
                "description": "Milliseconds since 1970, or ISO-8601." }
            },
            "$defs": { "topic": { "type": "string", "pattern": "^[%|A-Za-z0-9_-]{1,127}$",
              "description": "A topic." } }
          }""";
    }

    @Override
    public SourceDescription describe(Reading reading) {
      return new SourceDescription(
          Optional.of(reading.instance()),
          reading.topic(),
          reading.groupID(),
          "acs:mq",
          "mq:Topic:SendMessage");
    }

    @Override
    public void check(Reading reading, Instance instance) {
      if (instance.protocol() == Protocol.GRPC
          && reading.offset() == Offset.CONSUME_FROM_FIRST_OFFSET) {
        throw new SluiceException(
            FakeError.TOO_EARLY,
            "'" + reading.offset() + "' is no place of " + instance.name(),
            Location.NONE);
      }
    }

    @Override
    public Source create(Reading reading, SourceContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Writer implements SinkType<Writing> {
    @Override
    public Class<Writing> configuration() {
      return Writing.class;
    }

    @Override
    public String schema() {
      return """
          {
            "type": "object",
            "required": ["instance", "topic"],
            "additionalProperties": false,
            "properties": {
              "instance": { "type": "string", "minLength": 1,
                "description": "Name of the instance to write." },
              "topic": { "type": "string", "minLength": 1, "description": "Topic to write." },
              "createTopic": { "type": "boolean", "default": true,
                "description": "Whether to create the topic when it is missing." },
              "cutsLoops": { "type": "boolean", "default": false,
                "description": "Whether what has been there before is left out." }
            }
          }""";
    }

    @Override
    public Set<RecordPart> parts() {
      return EnumSet.allOf(RecordPart.class);
    }

    @Override
    public SinkDescription describe(Writing writing) {
      return new SinkDescription(
          Optional.of(writing.instance()),
          writing.topic().orElse(SinkDescription.EACH_ITS_OWN),
          writing.cutsLoops());
    }

    @Override
    public Sink create(Writing writing, SinkContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private enum FakeError implements ErrorCode {
    TIMESTAMP_MISSING("fake.timestamp-missing", "No timestamp.", "Give a timestamp."),
    TOO_EARLY("fake.too-early", "Too early.", "Begin later.");

    private final Description description;

    FakeError(String id, String meaning, String remedy) {
      description = new Description(id, Category.VALIDATION, meaning, remedy);
    }

    @Override
    public Description description() {
      return description;
    }
  }
}
