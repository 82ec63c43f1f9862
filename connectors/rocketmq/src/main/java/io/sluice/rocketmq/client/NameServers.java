package io.sluice.rocketmq.client;

import io.sluice.rocketmq.RocketMqError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.RetriableException;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.instance.Instance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of an instance's name servers is asked: one that answers, until it does not. Those that did
 * not are asked last. The log tells of each once when it fails, and once when it is back.
 * Thread-safe; does not block.
 */
final class NameServers {
  private static final Logger log = LoggerFactory.getLogger(NameServers.class);

  private final RemotingClient client;
  private final Instance instance;
  private final List<String> addresses;

  /** Compared by identity: it changes whenever another one is to be asked, and when one tells. */
  private final AtomicReference<Turn> turn = new AtomicReference<>(new Turn(0, false));

  private final Set<String> silent = ConcurrentHashMap.newKeySet();

  /** Whether none answered the last time. */
  private final AtomicBoolean alone = new AtomicBoolean();

  NameServers(RemotingClient client, Instance instance) {
    this.client = client;
    this.instance = instance;
    // Clients of one instance spread over its name servers.
    this.addresses = new ArrayList<>(instance.nameServers());
    Collections.shuffle(addresses);
  }

  /**
   * Which name server is asked.
   *
   * @param server its number
   * @param doubted whether what it told is in doubt, so that the one behind it is asked first
   */
  record Turn(int server, boolean doubted) {}

  /** Who has told what is known now. */
  Turn turn() {
    return turn.get();
  }

  /**
   * A call to a broker failed. The name server that told where it is may be out of date: the next
   * question goes to another one. However many calls fail, it is the next one, and those that began
   * before another one told are no matter any more.
   *
   * @param told the turn when the call began
   */
  void doubt(Turn told) {
    if (!told.doubted()) {
      turn.compareAndSet(told, new Turn(told.server(), true));
    }
  }

  /**
   * Asks one name server after the other until one knows. The first answer that tells of nothing
   * stands if no name server knows more: one that has just been started has heard of no broker yet.
   *
   * @param question asks the name server at an address
   * @param knows whether an answer tells of something
   * @return fails when none answers, and tells why of each
   */
  CompletableFuture<RemotingCommand> ask(
      Function<String, CompletableFuture<RemotingCommand>> question,
      Predicate<RemotingCommand> knows) {
    return new Round(question, knows).next();
  }

  private List<String> order() {
    List<String> order = new ArrayList<>();
    Turn now = turn.get();
    int first = now.server() + (now.doubted() ? 1 : 0);
    for (int step = 0; step < addresses.size(); step++) {
      order.add(addresses.get((first + step) % addresses.size()));
    }
    Set<String> last = Set.copyOf(silent);
    order.sort(Comparator.comparing(last::contains));
    return order;
  }

  private void answered(String address) {
    if (silent.remove(address)) {
      log.info("instance {}: name server {} answers again", instance.name(), address);
    }
    alone.set(false);
  }

  private void failed(String address, SluiceException reason) {
    if (silent.add(address)) {
      log.warn("{}", reason.toString());
    }
  }

  private void noneAnswers() {
    if (!alone.getAndSet(true)) {
      log.warn(
          "instance {}: no name server answers; flows go on with the brokers that they know",
          instance.name());
    }
  }

  private void prefer(String address) {
    Turn next = new Turn(addresses.indexOf(address), false);
    turn.updateAndGet(now -> now.equals(next) ? now : next);
  }

  /** One question. Its steps follow each other, on whatever threads. */
  private final class Round {
    private final Function<String, CompletableFuture<RemotingCommand>> question;
    private final Predicate<RemotingCommand> knows;
    private final List<String> left = order();
    private final List<SluiceException> failures = new ArrayList<>();
    private final List<RemotingCommand> ignorant = new ArrayList<>();

    private Round(
        Function<String, CompletableFuture<RemotingCommand>> question,
        Predicate<RemotingCommand> knows) {
      this.question = question;
      this.knows = knows;
    }

    CompletableFuture<RemotingCommand> next() {
      if (left.isEmpty()) {
        if (!ignorant.isEmpty()) {
          return CompletableFuture.completedFuture(ignorant.get(0));
        }
        noneAnswers();
        return CompletableFuture.failedFuture(reason());
      }
      String address = left.remove(0);
      return question
          .apply(address)
          .handle(
              (answer, failure) -> {
                if (failure == null) {
                  return heard(address, answer);
                }
                SluiceException reason =
                    CallFailure.translate(failure, client, "name server " + address);
                failed(address, reason);
                failures.add(reason);
                return next();
              })
          .thenCompose(then -> then);
    }

    private CompletableFuture<RemotingCommand> heard(String address, RemotingCommand answer) {
      answered(address);
      if (knows.test(answer)) {
        prefer(address);
        return CompletableFuture.completedFuture(answer);
      }
      ignorant.add(answer);
      return next();
    }

    /** The one that says most: wrong credentials or certificates are no matter of waiting. */
    private SluiceException reason() {
      SluiceException telling =
          failures.stream()
              .filter(failure -> failure.code() != RocketMqError.UNREACHABLE)
              .findFirst()
              .orElse(failures.get(0));
      return failures.size() == 1
          ? telling
          : new RetriableException(
              telling.code(),
              String.join("; ", failures.stream().map(SluiceException::message).toList()),
              new Location.Named("instance " + instance.name()),
              telling.suggestion(),
              telling);
    }
  }
}
