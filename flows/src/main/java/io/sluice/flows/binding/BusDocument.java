package io.sluice.flows.binding;

import io.sluice.flows.document.Node;
import io.sluice.flows.document.Node.Entry;
import io.sluice.flows.document.Node.Mapping;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.Node.Scalar.Kind;
import io.sluice.flows.schema.CheckedDocument;
import io.sluice.flows.schema.DocumentKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A document of a bus, and the documents of the flows that it stands for. What these take over from
 * it keeps its place, so that findings show where the bus says it.
 *
 * @param document of the bus, sound
 * @param given its name
 * @param instance that stores its events
 * @param topic there
 * @param queues that it has at least
 */
record BusDocument(
    CheckedDocument document, Scalar given, Scalar instance, Scalar topic, int queues) {
  /** What stores the events of buses. */
  static final String CONNECTOR = "rocketmq";

  private static final String NAME = "name";
  private static final String SOURCE = "source";
  private static final String SINK = "sink";
  private static final String OFFSET = "offset";
  private static final String TOPIC_PREFIX = "eventbus-";

  /**
   * @param queues of the topic, also if that is the default
   */
  static BusDocument of(CheckedDocument document, int queues) {
    Mapping root = document.root();
    Scalar name = (Scalar) root.get(NAME).orElseThrow();
    return new BusDocument(
        document,
        name,
        (Scalar) root.get("instance").orElseThrow(),
        root.get("topic")
            .map(Scalar.class::cast)
            .orElseGet(() -> text(name, TOPIC_PREFIX + name.text(), TOPIC_PREFIX + name.shown())),
        queues);
  }

  Mention name() {
    return Mention.of(given);
  }

  /** A flow of which only the two ends are there, each the topic of the bus. */
  CheckedDocument storage() {
    return flow(List.of(storage(SOURCE, List.of()), storage(SINK, List.of())));
  }

  /** The same, of which the source begins where targets do that say nothing of it. */
  CheckedDocument reading() {
    return flow(List.of(storage(SOURCE, List.of(fromTheFirst())), storage(SINK, List.of())));
  }

  /** Whether the targets of a rule say nothing of where they begin. */
  static boolean saysNoStart(Mapping rule) {
    return rule.get(OFFSET).isEmpty();
  }

  /** The flow from a source to the topic. */
  CheckedDocument source(Mapping source) {
    List<Entry> entries = new ArrayList<>();
    entries.add(named((Scalar) source.get(NAME).orElseThrow(), given));
    taken(source, "description").forEach(entries::add);
    taken(source, SOURCE).forEach(entries::add);
    entries.add(storage(SINK, List.of()));
    return flow(entries);
  }

  /** The flow from the topic to a target of a rule. */
  CheckedDocument target(Mapping rule, Mapping target) {
    Entry name =
        named(
            (Scalar) target.get("id").orElseThrow(), given, (Scalar) rule.get(NAME).orElseThrow());
    List<Entry> reading = new ArrayList<>();
    reading.add(taken(rule, OFFSET).findFirst().orElseGet(this::fromTheFirst));
    taken(rule, "timestamp").forEach(reading::add);
    // Targets of a bus often share a topic: none may take another's copies for its own (I3).
    reading.add(new Entry("reader", name.place(), name.value()));
    List<Entry> entries = new ArrayList<>();
    entries.add(name);
    taken(rule, "description").forEach(entries::add);
    entries.add(storage(SOURCE, reading));
    taken(rule, "filterPattern").forEach(entries::add);
    Stream.of("transforms", SINK, "runOptions")
        .flatMap(key -> taken(target, key))
        .forEach(entries::add);
    return flow(entries);
  }

  /** What was published before the bus ran for the first time was published to it all the same. */
  private Entry fromTheFirst() {
    String first = "CONSUME_FROM_FIRST_OFFSET";
    return new Entry(OFFSET, given.place(), text(given, first, first));
  }

  private CheckedDocument flow(List<Entry> entries) {
    return new CheckedDocument(
        DocumentKind.EVENT_FLOW, new Mapping(document.root().place(), entries), true);
  }

  private static Stream<Entry> taken(Mapping block, String key) {
    return block.entry(key).stream();
  }

  /** The block {@code {rocketmq: {instance, topic, queues}}}. */
  private Entry storage(String key, List<Entry> options) {
    List<Entry> entries = new ArrayList<>(options);
    entries.add(new Entry("instance", instance.place(), instance));
    entries.add(new Entry("topic", topic.place(), topic));
    Scalar number =
        new Scalar(given.place(), Kind.NUMBER, Integer.toString(queues), Optional.empty());
    entries.add(new Entry("queues", given.place(), number));
    Mapping block = new Mapping(instance.place(), entries);
    Node connector =
        new Mapping(instance.place(), List.of(new Entry(CONNECTOR, instance.place(), block)));
    return new Entry(key, instance.place(), connector);
  }

  /** The name of a flow: those above it before its own, with {@code /} between. */
  private static Entry named(Scalar own, Scalar... above) {
    List<Scalar> parts = Stream.concat(Stream.of(above), Stream.of(own)).toList();
    String value = parts.stream().map(Scalar::text).collect(Collectors.joining("/"));
    String shown = parts.stream().map(Scalar::shown).collect(Collectors.joining("/"));
    return new Entry(NAME, own.place(), text(own, value, shown));
  }

  private static Scalar text(Scalar at, String value, String shown) {
    Optional<String> written = Optional.of(shown).filter(text -> !text.equals(value));
    return new Scalar(at.place(), Kind.TEXT, value, written);
  }
}
