package io.sluice.flows.binding;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.flows.FlowError;
import io.sluice.flows.document.Node.Scalar;
import io.sluice.flows.document.NodePath;
import io.sluice.flows.finding.Findings;
import io.sluice.flows.model.BatchWindow;
import io.sluice.flows.model.Idempotence;
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
  private static final NodePath KEY = RUN_OPTIONS.then("idempotence").then("key");

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
    return new RunOptions(
        tolerance,
        given(options, "retryStrategy").map(RunOptionsBinder::retryStrategy),
        deadLetters,
        given(options, "maximumTasks").stream().mapToInt(JsonNode::asInt).findFirst(),
        given(options, "batchWindow").map(RunOptionsBinder::batchWindow),
        given(options, "throttling").map(RunOptionsBinder::throttling),
        given(options, "idempotence").flatMap(block -> idempotence(document, block, source)));
  }

  private Optional<Idempotence> idempotence(
      CheckedDocument document, JsonNode block, SourceDescription source) {
    Scalar key = (Scalar) KEY.in(document.root()).orElseThrow();
    Duration window = DurationText.parse(block.path("window").asText());
    return EventKey.read(key, source, findings).map(read -> new Idempotence(read, window));
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
