package io.sluice.flows.binding;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.NodePath;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.model.BatchWindow;
import io.sluice.flows.model.Idempotence;
import io.sluice.flows.model.Ordering;
import io.sluice.flows.model.RetryStrategy;
import io.sluice.flows.model.RetryStrategy.Push;
import io.sluice.flows.model.RunOptions;
import io.sluice.flows.model.RunOptions.ErrorsTolerance;
import io.sluice.flows.model.SinkBinding;
import io.sluice.flows.model.Throttling;
import io.sluice.flows.schema.CheckedDocument;
import io.sluice.flows.schema.FlowSchema;
import io.sluice.flows.transform.EventKey;
import io.sluice.sdk.connector.SourceDescription;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Binds {@code runOptions}. */
final class RunOptionsBinder {
  private static final NodePath RUN_OPTIONS = NodePath.of("runOptions");
  private static final NodePath DEAD_LETTERS = RUN_OPTIONS.then("deadLetterQueue");
  private static final NodePath RETRIES = RUN_OPTIONS.then("retryStrategy");
  private static final NodePath ORDERING = RUN_OPTIONS.then("ordering");
  private static final NodePath IDEMPOTENCE = RUN_OPTIONS.then("idempotence");
  private static final String KEY = "key";

  private final FlowSchema schema;
  private final Findings findings;

  RunOptionsBinder(FlowSchema schema, Findings findings) {
    this.schema = schema;
    this.findings = findings;
  }

  /** The run options of a sound document; empty if it has none. */
  Optional<RunOptions> bind(
      CheckedDocument document, SourceDescription source, Optional<SinkBinding<?>> deadLetters) {
    return RUN_OPTIONS
        .in(document.root())
        .map(block -> bound(document, schema.filled(document, RUN_OPTIONS), source, deadLetters));
  }

  private RunOptions bound(
      CheckedDocument document,
      JsonNode options,
      SourceDescription source,
      Optional<SinkBinding<?>> deadLetters) {
    ErrorsTolerance tolerance = ErrorsTolerance.valueOf(options.path("errorsTolerance").asText());
    if (tolerance == ErrorsTolerance.NONE && DEAD_LETTERS.in(document.root()).isPresent()) {
      findings.warning(
          FlowError.WITHOUT_EFFECT,
          DEAD_LETTERS.namedIn(document.root()),
          "'deadLetterQueue' has no effect, as the flow stops at a record that cannot be delivered",
          "Add `errorsTolerance: ALL` to go on without such records, or remove it.");
    }
    boolean passing = tolerance == ErrorsTolerance.ALL && RETRIES.in(document.root()).isPresent();
    if (!passing && ORDERING.in(document.root()).isPresent()) {
      findings.warning(
          FlowError.WITHOUT_EFFECT,
          ORDERING.namedIn(document.root()),
          "'ordering' has no effect, as no record passes another one of its partition",
          "Add `errorsTolerance: ALL` and a `retryStrategy` to let records of other keys go on while"
              + " one is tried again, or remove it.");
    }
    return new RunOptions(
        tolerance,
        given(options, "retryStrategy").map(RunOptionsBinder::retryStrategy),
        key(document, ORDERING, source).map(Ordering::new),
        deadLetters,
        given(options, "maximumTasks").stream().mapToInt(JsonNode::asInt).findFirst(),
        given(options, "batchWindow").map(RunOptionsBinder::batchWindow),
        given(options, "throttling").map(RunOptionsBinder::throttling),
        given(options, "idempotence").flatMap(block -> idempotence(document, block, source)));
  }

  private Optional<Idempotence> idempotence(
      CheckedDocument document, JsonNode block, SourceDescription source) {
    Duration window = DurationText.parse(block.path("window").asText());
    return key(document, IDEMPOTENCE, source).map(read -> new Idempotence(read, window));
  }

  /** The key that a block names, if the document has it. */
  private Optional<EventKey> key(
      CheckedDocument document, NodePath block, SourceDescription source) {
    return block
        .then(KEY)
        .in(document.root())
        .flatMap(key -> EventKey.read((Scalar) key, source, findings));
  }

  private static RetryStrategy retryStrategy(JsonNode block) {
    Push push = Push.valueOf(block.path("pushRetryStrategy").asText());
    return new RetryStrategy(
        push,
        given(block, "maximumRetryAttempts").map(JsonNode::asInt).orElse(push.retries()),
        given(block, "maximumEventAgeInSeconds").map(age -> Duration.ofSeconds(age.asLong())));
  }

  private static BatchWindow batchWindow(JsonNode block) {
    return new BatchWindow(
        block.path("countBasedWindow").asInt(),
        Duration.ofSeconds(block.path("timeBasedWindow").asLong()));
  }

  private static Throttling throttling(JsonNode limits) {
    return limits.isObject()
        ? new Throttling(number(limits, "recordsPerSecond"), number(limits, "bytesPerSecond"))
        : new Throttling(OptionalLong.of(limits.asLong()), OptionalLong.empty());
  }

  private static OptionalLong number(JsonNode block, String key) {
    return given(block, key).stream().mapToLong(JsonNode::asLong).findFirst();
  }

  private static Optional<JsonNode> given(JsonNode block, String key) {
    return Optional.ofNullable(block.get(key));
  }
}
