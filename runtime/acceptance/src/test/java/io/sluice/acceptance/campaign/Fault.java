package io.sluice.acceptance.campaign;

import static io.sluice.testkit.proxy.Direction.TO_CLIENTS;
import static io.sluice.testkit.proxy.Direction.TO_SERVERS;

import io.sluice.testkit.Signal;
import io.sluice.testkit.proxy.FaultProxy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A fault that a mirror must survive without a trace: nothing lost, repeated, changed, reordered.
 */
enum Fault {
  /** SIGKILL of the runtime. */
  KILL_RUNTIME(
      (trial, random) -> {
        trial.runtime().kill();
        trial.restart();
      }),

  /** SIGKILL of the runtime, and its data directory is lost. */
  LOSE_CHECKPOINTS(
      (trial, random) -> {
        trial.runtime().kill();
        trial.forgetCheckpoints();
        trial.restart();
      }),

  /** SIGSTOP, and SIGCONT some time later. */
  PAUSE_RUNTIME(
      (trial, random) -> {
        trial.runtime().send(Signal.STOP);
        trial.awaitLoad(someMessages(random));
        trial.runtime().send(Signal.CONT);
      }),

  /** SIGKILL of the source broker, which then starts again. */
  KILL_SOURCE((trial, random) -> trial.source().servers().restartBroker()),

  /** SIGKILL of the target broker, which then starts again. */
  KILL_TARGET((trial, random) -> trial.target().servers().restartBroker()),

  /** The target broker refuses messages, as with a full disk. */
  FILL_TARGET(
      (trial, random) -> {
        trial.target().servers().refuseMessages(true);
        trial.awaitLoad(someMessages(random));
        trial.target().servers().refuseMessages(false);
      }),

  /** Connections break, and new ones are refused. */
  CUT_SOURCE(network(Trial::source, FaultProxy::cut)),
  CUT_TARGET(network(Trial::target, FaultProxy::cut)),

  /** Nothing passes in one direction; connections stay open. */
  STALL_REQUESTS_TO_SOURCE(network(Trial::source, proxy -> proxy.stall(TO_SERVERS))),
  STALL_ANSWERS_OF_SOURCE(network(Trial::source, proxy -> proxy.stall(TO_CLIENTS))),
  STALL_REQUESTS_TO_TARGET(network(Trial::target, proxy -> proxy.stall(TO_SERVERS))),
  STALL_ANSWERS_OF_TARGET(network(Trial::target, proxy -> proxy.stall(TO_CLIENTS))),

  /** What was asked is done, and nobody learns of it. */
  LOSE_ANSWERS_OF_SOURCE(network(Trial::source, FaultProxy::dropAnswers)),
  LOSE_ANSWERS_OF_TARGET(network(Trial::target, FaultProxy::dropAnswers)),

  /** Connections break amid a frame, again and again. */
  TEAR_ANSWERS_OF_SOURCE(network(Trial::source, proxy -> proxy.closeAfter(TO_CLIENTS, 100_000))),
  TEAR_REQUESTS_TO_TARGET(network(Trial::target, proxy -> proxy.closeAfter(TO_SERVERS, 100_000))),

  /** Another continent, by a thin line. */
  SLOW_SOURCE(network(Trial::source, Fault::slowDown)),
  SLOW_TARGET(network(Trial::target, Fault::slowDown));

  private static final int MESSAGES = 400;
  private static final int MESSAGES_UNTIL_TIMEOUT = 3_300;
  private static final Duration FAR = Duration.ofMillis(60);
  private static final long THIN = 1_500_000;

  private final Strike strike;

  Fault(Strike strike) {
    this.strike = strike;
  }

  /** Those of processes and of what they store in. */
  static Set<Fault> ofProcesses() {
    return EnumSet.range(KILL_RUNTIME, FILL_TARGET);
  }

  /** Those between the processes. */
  static Set<Fault> ofTheNetwork() {
    return EnumSet.complementOf(EnumSet.range(KILL_RUNTIME, FILL_TARGET));
  }

  /** Strikes now, for a time that the random numbers decide. */
  void strike(Trial trial, SplittableRandom random) throws Exception {
    strike.on(trial, random);
  }

  /** As it is written in {@code -Dsluice.faults}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Mostly a moment; sometimes longer than Sluice waits for an answer, which is 5 s. */
  private static int someMessages(SplittableRandom random) {
    int moment = random.nextInt(MESSAGES);
    return random.nextInt(8) > 0 ? moment : moment + MESSAGES_UNTIL_TIMEOUT;
  }

  private static Strike network(Function<Trial, Side> side, Consumer<FaultProxy> fault) {
    return (trial, random) -> {
      fault.accept(side.apply(trial).proxy());
      trial.awaitLoad(someMessages(random));
      side.apply(trial).heal();
    };
  }

  private static void slowDown(FaultProxy proxy) {
    proxy.latency(FAR);
    proxy.bandwidth(THIN);
  }
}
