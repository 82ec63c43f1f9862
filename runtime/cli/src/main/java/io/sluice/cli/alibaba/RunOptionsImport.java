package io.sluice.cli.alibaba;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.flows.model.RetryStrategy.Push;
import io.sluice.flows.model.RunOptions.ErrorsTolerance;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a document says about failures and load: the run options of a stream or a rule's target. */
final class RunOptionsImport {
  private static final NumberOption TASKS =
      new NumberOption("MaximumTasks", "maximumTasks", 1, 10_000);
  private static final NumberOption CONCURRENCY =
      new NumberOption("Concurrency", "maximumTasks", 1, 10_000);
  private static final List<NumberOption> RETRIES =
      List.of(
          new NumberOption("MaximumRetryAttempts", "maximumRetryAttempts", 0, 10_000),
          new NumberOption("MaximumEventAgeInSeconds", "maximumEventAgeInSeconds", 1, 604_800));
  private static final List<NumberOption> WINDOW =
      List.of(
          new NumberOption("CountBasedWindow", "countBasedWindow", 1, 10_000),
          new NumberOption("TimeBasedWindow", "timeBasedWindow", 0, 3_600));

  /** The API's number has 32 bits; flows have no upper limit. */
  private static final NumberOption THROTTLING =
      new NumberOption("Throttling", "throttling", 1, Integer.MAX_VALUE);

  private final DeadLetterImport deadLetters;
  private final Losses losses;

  RunOptionsImport(Instances instances, Losses losses) {
    this.deadLetters = new DeadLetterImport(instances, losses);
    this.losses = losses;
  }

  /** Brings the run options of a stream into its flow, which has a source already. */
  void ofStream(Fields document, FlowDocument flow) {
    document.block("RunOptions").ifPresent(options -> stream(options, flow));
  }

  private void stream(Fields options, FlowDocument flow) {
    ObjectNode made = Json.object();
    Fields strategy = block(options, "RetryStrategy");
    failures(options, strategy, flow, made);
    strategy.loseRest();
    TASKS.move(options, made, losses);
    Fields window = block(options, "BatchWindow");
    set(made, "batchWindow", numbers(window, WINDOW));
    window.loseRest();
    THROTTLING.move(options, made, losses);
    options.lose("BusinessOption", "is about the cloud's capacity and has no meaning here");
    options.loseRest();
    set(flow.root(), "runOptions", made);
  }

  /** The same of a rule's target, which has the options of retries among its own. */
  void ofTarget(Fields target, FlowDocument flow) {
    ObjectNode made = Json.object();
    failures(target, target, flow, made);
    Fields concurrency = block(target, "ConcurrentConfig");
    CONCURRENCY.move(concurrency, made, losses);
    concurrency.loseRest();
    set(flow.root(), "runOptions", made);
  }

  private void failures(Fields options, Fields strategy, FlowDocument flow, ObjectNode made) {
    Optional<ErrorsTolerance> given =
        choice(options, "ErrorsTolerance", ErrorsTolerance.values(), ErrorsTolerance.NONE);
    given.ifPresent(tolerance -> made.put("errorsTolerance", tolerance.name()));
    ErrorsTolerance tolerance = given.orElse(ErrorsTolerance.NONE);
    set(made, "retryStrategy", retryStrategy(strategy, tolerance));
    deadLetters
        .read(options, tolerance, (ObjectNode) flow.root().at("/source/rocketmq"))
        .ifPresent(queue -> made.set("deadLetterQueue", queue));
  }

  /**
   * A stream that goes on after errors has a strategy even if it names none, while a flow without
   * one would wait for its target.
   */
  private ObjectNode retryStrategy(Fields strategy, ErrorsTolerance tolerance) {
    Optional<Push> push = choice(strategy, "PushRetryStrategy", Push.values(), Push.BACKOFF_RETRY);
    ObjectNode numbers = numbers(strategy, RETRIES);
    ObjectNode made = Json.object();
    if (push.isPresent() || !numbers.isEmpty() || tolerance == ErrorsTolerance.ALL) {
      made.put("pushRetryStrategy", push.orElse(Push.BACKOFF_RETRY).name());
    }
    made.setAll(numbers);
    return made;
  }

  private ObjectNode numbers(Fields document, List<NumberOption> options) {
    ObjectNode made = Json.object();
    options.forEach(option -> option.move(document, made, losses));
    return made;
  }

  private <E extends Enum<E>> Optional<E> choice(
      Fields document, String field, E[] values, E otherwise) {
    return document
        .text(field)
        .map(
            text ->
                Arrays.stream(values)
                    .filter(value -> value.name().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseGet(
                        () -> {
                          losses.add(
                              document.path(field),
                              "'" + text + "' is unknown; " + otherwise + " is in its place");
                          return otherwise;
                        }));
  }

  private Fields block(Fields document, String name) {
    return document
        .block(name)
        .orElseGet(() -> new Fields(document.path(name), Json.object(), losses));
  }

  /** No flow has empty blocks. */
  private static void set(ObjectNode block, String key, ObjectNode value) {
    if (!value.isEmpty()) {
      block.set(key, value);
    }
  }
}
