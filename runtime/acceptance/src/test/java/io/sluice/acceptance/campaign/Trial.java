package io.sluice.acceptance.campaign;

import static org.awaitility.Awaitility.await;

import io.sluice.acceptance.Runtime;
import io.sluice.testkit.MessageLoad;
import io.sluice.testkit.MirrorCheck;
import io.sluice.testkit.MirrorFlow;
import io.sluice.testkit.RunningLoad;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/**
 * One mirror under load: a topic of its own at either side, a load on the source, and a runtime
 * between them in a process of its own. For one thread.
 */
final class Trial implements AutoCloseable {
  private static final int QUEUES = 4;
  private static final long OTHER_SEED = 5;
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Stage stage;
  private final String topic;
  private final String copy;
  private final Path folder;
  private final RunningLoad load;
  private MirrorFlow flow;
  private Path data;
  private int restarts;
  private Runtime runtime;

  private Trial(Stage stage, String name, Path folder, long seed, int messagesPerSecond)
      throws IOException {
    this.stage = stage;
    this.topic = name;
    this.copy = name + "_copy";
    this.folder = folder;
    stage.source().servers().createTopic(topic, QUEUES);
    createCopy();
    flow =
        MirrorFlow.of(
            stage.source().proxy().nameServer(), topic, stage.target().proxy().nameServer(), copy);
    data = folder.resolve("data");
    load = RunningLoad.start(seed, stage.source().servers().nameServer(), topic, messagesPerSecond);
    runtime = start();
  }

  /** Creates the topics and starts load and runtime. */
  static Trial begin(Stage stage, String name, Path folder, long seed, int messagesPerSecond)
      throws IOException {
    return new Trial(stage, name, folder, seed, messagesPerSecond);
  }

  Side source() {
    return stage.source();
  }

  Side target() {
    return stage.target();
  }

  Runtime runtime() {
    return runtime;
  }

  /** The directory of the runtime's checkpoints and logs. */
  Path data() {
    return data;
  }

  /** Creates the target topic, if it is not there. */
  void createCopy() {
    target().servers().createTopic(copy, QUEUES);
  }

  /** Starts the runtime again, with the checkpoints that it has. */
  void restart() throws IOException {
    runtime.close();
    runtime = start();
  }

  /** Starts it again with another flow over the same topics. */
  void restart(UnaryOperator<MirrorFlow> change) throws IOException {
    flow = change.apply(flow);
    restart();
  }

  /** Lets the next start find no checkpoints. */
  void forgetCheckpoints() {
    data = folder.resolve("data-" + ++restarts);
  }

  private Runtime start() throws IOException {
    return Runtime.start(flow.write(folder.resolve("flow.yaml")), data);
  }

  /** Waits until the source has acknowledged so many more messages: the clock of a trial. */
  void awaitLoad(long messages) {
    long goal = load.acknowledged().count() + messages;
    await("the load goes on")
        .atMost(LIMIT)
        .pollInterval(POLL)
        .until(() -> load.acknowledged().count() >= goal);
  }

  /** Waits until the target holds so many more messages. */
  void awaitCopied(long messages) throws IOException {
    long goal = copied() + messages;
    awaitThat("the mirror goes on", () -> copied() >= goal);
  }

  /** How many messages the target holds. */
  long copied() {
    return target().servers().messages(copy);
  }

  /** Waits for something that the runtime does. */
  void awaitThat(String what, Callable<Boolean> condition) throws IOException {
    try {
      await(what)
          .atMost(LIMIT)
          .pollInterval(POLL)
          .ignoreExceptionsInstanceOf(IllegalStateException.class)
          .failFast("the runtime ended", () -> !runtime.isAlive())
          .until(condition);
    } catch (ConditionTimeoutException | TerminalFailureException failure) {
      throw new AssertionError("The runtime printed:\n" + runtime.output(), failure);
    }
  }

  /** Ends the load, waits until the mirror has all of it, ends the runtime, and compares. */
  Verdict finish() throws IOException, InterruptedException {
    load.stop();
    long goal = source().servers().messages(topic);
    try {
      // The number alone does not tell: there may be duplicates.
      awaitThat("the mirror is complete", () -> copied() >= goal && runtime.hasNoLag());
    } catch (AssertionError incomplete) {
      // The comparison tells what is missing.
    }
    runtime.terminate();
    int status = runtime.await(LIMIT);
    return compare(status);
  }

  /** Compares both sides as they are. */
  Verdict compare(int status) throws IOException {
    return new Verdict(
        MirrorCheck.between(
                source().servers().nameServer(), topic, target().servers().nameServer(), copy)
            .acknowledged(load.acknowledged())
            .run(),
        status,
        runtime.output());
  }

  /** Ends the load and waits until nothing is under way. */
  void idle() throws IOException {
    load.stop();
    awaitThat("the mirror is complete", () -> copied() >= source().servers().messages(topic));
  }

  /** Sends so many other messages, beside the load. */
  void send(int messages) {
    MessageLoad.of(OTHER_SEED).messages(messages).run(source().servers().nameServer(), topic);
  }

  /** Replaces the source topic by one of the same name. */
  void recreateTopic() {
    source().servers().deleteTopic(topic);
    source().servers().createTopic(topic, QUEUES);
  }

  /** Starts a second runtime with the same flow and checkpoints of its own. */
  Runtime startAnother() throws IOException {
    return Runtime.start(flow.write(folder.resolve("flow.yaml")), folder.resolve("data-another"));
  }

  @Override
  public void close() {
    load.close();
    runtime.close();
    source().heal();
    target().heal();
  }
}
