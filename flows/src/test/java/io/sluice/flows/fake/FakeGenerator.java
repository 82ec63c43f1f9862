package io.sluice.flows.fake;

import io.sluice.flows.FlowError;
import io.sluice.sdk.connector.Connector;
import io.sluice.sdk.connector.SinkType;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.connector.SourceType;
import io.sluice.sdk.error.Location.InBlock;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import java.util.List;
import java.util.Optional;

/** A connector that can only be read, and that has neither instance nor group. */
public final class FakeGenerator implements Connector {

  /** How many records there are. */
  public record Generating(int count) {}

  @Override
  public String name() {
    return "generator";
  }

  @Override
  public String summary() {
    return "Records made up on the spot.";
  }

  @Override
  public Optional<SourceType<?>> source() {
    return Optional.of(new Reader());
  }

  @Override
  public Optional<SinkType<?>> sink() {
    return Optional.empty();
  }

  private static final class Reader implements SourceType<Generating> {
    @Override
    public Class<Generating> configuration() {
      return Generating.class;
    }

    @Override
    public String schema() {
      return """
          { "type": "object", "additionalProperties": false, "required": ["count"],
            "properties": { "count": { "type": "integer", "minimum": 1,
              "description": "Number of records." } } }""";
    }

    @Override
    public List<SluiceException> problems(Generating generating) {
      return generating.count() == 666
          ? List.of(
              problem(FlowError.OUT_OF_RANGE, "666 is a bad number", "Take another.", "count"),
              problem(FlowError.INVALID_CONFIGURATION, "the whole is bad", "Make it good."))
          : List.of();
    }

    private static SluiceException problem(
        FlowError code, String message, String suggestion, String... keys) {
      return new SluiceException(code, message, InBlock.of(keys), suggestion, null);
    }

    @Override
    public SourceDescription describe(Generating generating) {
      return new SourceDescription(
          Optional.empty(), "generated", Optional.empty(), "sluice:generator", "generated");
    }

    @Override
    public Source create(Generating generating, SourceContext context) {
      throw new UnsupportedOperationException();
    }
  }
}
