package io.sluice.engine;

import io.sluice.flows.model.EventFlow;
import io.sluice.flows.model.EventFlow.DesiredStatus;
import io.sluice.flows.model.RunOptions;
import io.sluice.flows.model.SinkBinding;
import io.sluice.flows.model.SourceBinding;
import io.sluice.sdk.connector.SinkDescription;
import io.sluice.sdk.connector.SinkType;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.connector.SourceType;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.record.Record;
import io.sluice.sdk.sink.Sink;
import io.sluice.sdk.sink.SinkContext;
import io.sluice.sdk.source.Source;
import io.sluice.sdk.source.SourceContext;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Flows between fakes. */
public final class TestFlows {
  /** Fakes need no configuration. */
  public record Nothing() {}

  private TestFlows() {}

  public static EventFlow flow(
      String name,
      DesiredStatus status,
      Function<SourceContext, Source> source,
      Optional<Predicate<Record>> filter,
      Function<SinkContext, Sink> sink) {
    return flow(name, status, source, filter, sink, Optional.empty(), Optional.empty());
  }

  public static EventFlow flow(
      String name,
      DesiredStatus status,
      Function<SourceContext, Source> source,
      Optional<Predicate<Record>> filter,
      Function<SinkContext, Sink> sink,
      Optional<String> group,
      Optional<RunOptions> runOptions) {
    return new EventFlow(
        name,
        Optional.empty(),
        status,
        new SourceBinding<>("fake", new FakeSourceType(source, group), new Nothing()),
        Optional.empty(),
        filter,
        Optional.empty(),
        sink(sink),
        runOptions,
        "1",
        Location.NONE);
  }

  /** A sink as a flow file would configure it. */
  public static SinkBinding<?> sink(Function<SinkContext, Sink> sink) {
    return new SinkBinding<>("fake", new FakeSinkType(sink), new Nothing());
  }

  private record FakeSourceType(Function<SourceContext, Source> maker, Optional<String> group)
      implements SourceType<Nothing> {
    @Override
    public Class<Nothing> configuration() {
      return Nothing.class;
    }

    @Override
    public String schema() {
      return "{}";
    }

    @Override
    public SourceDescription describe(Nothing configuration) {
      return new SourceDescription(Optional.empty(), "fake", group, "fake", "fake");
    }

    @Override
    public Source create(Nothing configuration, SourceContext context) {
      return maker.apply(context);
    }
  }

  private record FakeSinkType(Function<SinkContext, Sink> maker) implements SinkType<Nothing> {
    @Override
    public Class<Nothing> configuration() {
      return Nothing.class;
    }

    @Override
    public String schema() {
      return "{}";
    }

    @Override
    public SinkDescription describe(Nothing configuration) {
      return new SinkDescription(Optional.empty(), "fake", false);
    }

    @Override
    public Sink create(Nothing configuration, SinkContext context) {
      return maker.apply(context);
    }
  }
}
