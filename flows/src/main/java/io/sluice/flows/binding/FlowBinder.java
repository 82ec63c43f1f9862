package io.sluice.flows.binding;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.binding.BoundFlow.Side;
import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Sequence;
import io.sluice.flows.document.NodePath;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.finding.Redaction;
import io.sluice.flows.model.EventFlow;
import io.sluice.flows.model.EventFlow.DesiredStatus;
import io.sluice.flows.model.FlowLogic;
import io.sluice.flows.model.Refusal;
import io.sluice.flows.model.RunOptions;
import io.sluice.flows.model.SinkBinding;
import io.sluice.flows.model.SourceBinding;
import io.sluice.flows.pattern.EventPattern;
import io.sluice.flows.schema.CheckedDocument;
import io.sluice.flows.schema.FlowSchema;
import io.sluice.flows.transform.TransformChain;
import io.sluice.flows.transform.TransformReader;
import io.sluice.sdk.connector.Connector;
import io.sluice.sdk.connector.SinkDescription;
import io.sluice.sdk.connector.SinkType;
import io.sluice.sdk.connector.SourceDescription;
import io.sluice.sdk.connector.SourceType;
import io.sluice.sdk.record.RecordPart;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Binds {@code kind: EventFlow}. */
public final class FlowBinder {
  private static final NodePath SOURCE = NodePath.of("source");
  private static final NodePath SINK = NodePath.of("sink");
  private static final String PATTERN = "filterPattern";
  private static final NodePath RUN_OPTIONS = NodePath.of("runOptions");
  private static final NodePath DEAD_LETTERS = RUN_OPTIONS.then("deadLetterQueue");
  private static final String INSTANCE = "instance";
  private static final String TOPIC = "topic";
  private static final String GROUP = "groupID";

  private final Map<String, Connector> connectors;
  private final FlowSchema schema;
  private final ConnectorBinder binder;
  private final Findings findings;

  public FlowBinder(
      Collection<? extends Connector> connectors, FlowSchema schema, Findings findings) {
    this.connectors =
        connectors.stream().collect(Collectors.toMap(Connector::name, Function.identity()));
    this.schema = schema;
    this.binder = new ConnectorBinder(schema, findings);
    this.findings = findings;
  }

  /** Whether there is a connector of that name that can be read and written. */
  boolean knows(String connector) {
    return Optional.ofNullable(connectors.get(connector))
        .filter(known -> known.source().isPresent() && known.sink().isPresent())
        .isPresent();
  }

  /** What the source of a sound document reads; empty, and reported, if it is not accepted. */
  Optional<SourceDescription> source(CheckedDocument document) {
    return read(document).map(Read::description);
  }

  /** The source that a sound document names; empty, and reported, if it is not accepted. */
  Optional<SourceBinding<?>> reader(CheckedDocument document) {
    return read(document).map(Read::binding);
  }

  /** The sink that a sound document names; empty, and reported, if it is not accepted. */
  Optional<SinkBinding<?>> sink(CheckedDocument document) {
    return written(document, SINK, Set.of()).map(Written::binding);
  }

  /** The flow that a sound document declares; empty if something is wrong after all. */
  public Optional<BoundFlow> bind(CheckedDocument document) {
    return bind(document, UnaryOperator.identity());
  }

  /**
   * The flow that a sound document declares; empty if something is wrong after all.
   *
   * @param seen how patterns and transforms see what its source gives
   */
  Optional<BoundFlow> bind(CheckedDocument document, UnaryOperator<SourceDescription> seen) {
    int before = findings.errors();
    Optional<Read> read = read(document).map(source -> source.seen(seen));
    Optional<Written> written = written(document, SINK, parts(document));
    Optional<Written> deadLetters =
        DEAD_LETTERS
            .in(document.root())
            .flatMap(block -> written(document, DEAD_LETTERS, Set.of()));
    Optional<RunOptions> runOptions =
        read.flatMap(
            source ->
                new RunOptionsBinder(schema, findings)
                    .bind(document, source.description(), deadLetters.map(Written::binding)));
    Optional<EventPattern> filter = read.flatMap(source -> filter(document, source.description()));
    Optional<TransformChain> transform =
        read.flatMap(source -> transform(document, source.description()));
    if (read.isEmpty() || written.isEmpty() || findings.errors() > before) {
      return Optional.empty();
    }
    ObjectNode filled = schema.filled(document, NodePath.ROOT);
    Mention name = Mention.of((Scalar) document.root().get("name").orElseThrow());
    EventFlow flow =
        new EventFlow(
            name.value(),
            Optional.ofNullable(filled.path("description").textValue()),
            DesiredStatus.valueOf(filled.path("status").asText()),
            read.get().binding(),
            Optional.empty(),
            filter.map(pattern -> pattern),
            transform.map(made -> made),
            written.get().binding(),
            runOptions,
            Revision.of(filled),
            document.root().place());
    FlowLogic logic =
        new FlowLogic(
            name.value(),
            document.root().place(),
            read.get().description(),
            written.get().description(),
            filter,
            transform,
            Refusal.of(runOptions, deadLetters.map(queue -> queue.description().topic())),
            new Redaction(rules(document)));
    return Optional.of(
        new BoundFlow(
            flow,
            logic,
            name,
            read.get().side(document),
            written.get().side(document),
            deadLetters.map(queue -> queue.side(document))));
  }

  private Optional<Read> read(CheckedDocument document) {
    Entry block = ConnectorBinder.block(document, SOURCE);
    return read(document, block, connectors.get(block.key()).source().orElseThrow());
  }

  private <C extends java.lang.Record> Optional<Read> read(
      CheckedDocument document, Entry block, SourceType<C> type) {
    return binder
        .configuration(document, SOURCE, type.configuration(), Set.of())
        .filter(configuration -> binder.sound(block, () -> type.problems(configuration)))
        .map(configuration -> new SourceBinding<>(block.key(), type, configuration))
        .flatMap(
            binding ->
                binder
                    .guarded(block, binding::describe)
                    .map(description -> new Read(binding, description)));
  }

  private SinkType<?> type(CheckedDocument document, NodePath path) {
    return connectors.get(ConnectorBinder.block(document, path).key()).sink().orElseThrow();
  }

  /**
   * @param parts whose keys may stand in the block
   */
  private Optional<Written> written(
      CheckedDocument document, NodePath path, Set<RecordPart> parts) {
    return written(document, path, parts, type(document, path));
  }

  private <C extends java.lang.Record> Optional<Written> written(
      CheckedDocument document, NodePath path, Set<RecordPart> parts, SinkType<C> type) {
    Entry block = ConnectorBinder.block(document, path);
    return binder
        .configuration(document, path, type.configuration(), parts)
        .filter(configuration -> binder.sound(block, () -> type.problems(configuration)))
        .map(configuration -> new SinkBinding<>(block.key(), type, configuration))
        .flatMap(
            binding ->
                binder
                    .guarded(block, binding::describe)
                    .map(description -> new Written(binding, description, path)));
  }

  private Optional<EventPattern> filter(CheckedDocument document, SourceDescription description) {
    Optional<Node> pattern = document.root().get(PATTERN);
    return pattern.flatMap(node -> EventPattern.compile(node, description, findings));
  }

  private Optional<TransformChain> transform(
      CheckedDocument document, SourceDescription description) {
    return new TransformReader(description, findings)
        .read(
            document.root().get(TransformReader.TRANSFORMS), sinkBlock(document), parts(document));
  }

  private static Mapping sinkBlock(CheckedDocument document) {
    return (Mapping) ConnectorBinder.block(document, SINK).value();
  }

  private Set<RecordPart> parts(CheckedDocument document) {
    return type(document, SINK).parts();
  }

  /** What a flow says about pattern and transforms. */
  private Node rules(CheckedDocument document) {
    Stream<Node> parts =
        parts(document).stream()
            .flatMap(part -> sinkBlock(document).get(part.key()).stream())
            .filter(Mapping.class::isInstance);
    Stream<Node> rules =
        Stream.of(PATTERN, TransformReader.TRANSFORMS)
            .flatMap(key -> document.root().get(key).stream());
    return new Sequence(document.root().place(), Stream.concat(rules, parts).toList());
  }

  private record Read(SourceBinding<?> binding, SourceDescription description) {
    Read seen(UnaryOperator<SourceDescription> how) {
      return new Read(binding, how.apply(description));
    }

    Side side(CheckedDocument document) {
      Entry block = ConnectorBinder.block(document, SOURCE);
      return new Side(
          description.instance().map(name -> Mention.find(block, INSTANCE, name)),
          Mention.find(block, TOPIC, description.topic()),
          description.group().map(group -> Mention.find(block, GROUP, group)));
    }
  }

  private record Written(SinkBinding<?> binding, SinkDescription description, NodePath path) {
    Side side(CheckedDocument document) {
      Entry block = ConnectorBinder.block(document, path);
      return new Side(
          description.instance().map(name -> Mention.find(block, INSTANCE, name)),
          Mention.find(block, TOPIC, description.topic()),
          Optional.empty());
    }
  }
}
