package io.sluice.cli.trial;

import io.sluice.sdk.connector.Connector;
import io.sluice.sdk.connector.SinkDescription;
import io.sluice.sdk.connector.SinkType;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.connector.SourceType;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.SinkContext;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import java.util.Optional;

/** {@code trial}: records out of nothing, into nothing. */
public final class TrialConnector implements Connector {

  @Override
  public String name() {
    return "trial";
  }

  @Override
  public String summary() {
    return "Records for tests.";
  }

  @Override
  public Optional<SourceType<?>> source() {
    return Optional.of(new Reading());
  }

  @Override
  public Optional<SinkType<?>> sink() {
    return Optional.of(new Writing());
  }

  /** How a source or a sink behaves. */
  public enum Mood {
    /** As it should. */
    WELL,
    /** Breaks for good: a source after its records, a sink at its start. */
    BREAKS,
    /** Never answers. */
    SILENT
  }

  /** Keys of a source. */
  public record SourceKeys(int count, Mood mood) {}

  /**
   * Keys of a sink.
   *
   * @param file takes a line for each record: what the sink did, and its body. By the body it
   *     decides: one with {@code poison} it refuses, one with {@code slow} it takes once there is a
   *     file {@code FILE.fast}, one with {@code never} it does not take
   */
  public record SinkKeys(Mood mood, Optional<String> file) {}

  private static final class Reading implements SourceType<SourceKeys> {
    @Override
    public Class<SourceKeys> configuration() {
      return SourceKeys.class;
    }

    @Override
    public String schema() {
      return """
      {"type": "object", "additionalProperties": false, "properties": {
        "count": {"type": "integer", "default": 1000, "description": "How many records."},
        "mood": {"enum": ["WELL", "BREAKS"], "default": "WELL", "description": "How it is."}}}
      """;
    }

    @Override
    public SourceDescription describe(SourceKeys keys) {
      return new SourceDescription(
          Optional.empty(), "trial", Optional.empty(), "sluice:trial", "trial:Record");
    }

    @Override
    public Source create(SourceKeys keys, SourceContext context) {
      return new TrialSource(keys, context);
    }
  }

  private static final class Writing implements SinkType<SinkKeys> {
    @Override
    public Class<SinkKeys> configuration() {
      return SinkKeys.class;
    }

    @Override
    public String schema() {
      return """
      {"type": "object", "additionalProperties": false, "properties": {
        "mood": {"enum": ["WELL", "BREAKS", "SILENT"], "default": "WELL",
          "description": "How it is."},
        "file": {"type": "string", "description": "Where it writes."}}}
      """;
    }

    @Override
    public SinkDescription describe(SinkKeys keys) {
      return new SinkDescription(Optional.empty(), "trial", false);
    }

    @Override
    public Sink create(SinkKeys keys, SinkContext context) {
      return keys.file().<Sink>map(FileSink::new).orElseGet(() -> new TrialSink(keys));
    }
  }
}
