package io.sluice.rocketmq.grpc.source;

import apache.rocketmq.v2.AckMessageResponse;
import apache.rocketmq.v2.AckMessageResultEntry;
import apache.rocketmq.v2.Code;
import io.sluice.rocketmq.source.Backoff;
import io.sluice.sdk.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acknowledges messages that are done, many at a time, and tries again while nobody else can have
 * got them. What cannot be acknowledged until then comes again. Thread-safe.
 */
final class Acknowledger {
  private static final Logger log = LoggerFactory.getLogger(Acknowledger.class);
  private static final int MOST = 256;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final ConsumerCalls calls;
  private final String clientId;
  private final Function<String, String> proxies;
  private final Scheduler scheduler;

  /**
   * @param proxies which one serves a broker
   */
  Acknowledger(
      ConsumerCalls calls, String clientId, Function<String, String> proxies, Scheduler scheduler) {
    this.calls = calls;
    this.clientId = clientId;
    this.proxies = proxies;
    this.scheduler = scheduler;
  }

  /** Completes, never with a failure, when all are acknowledged or will come again. */
  CompletableFuture<Void> acknowledge(List<Received> messages) {
    Map<String, List<Received>> byBroker = new HashMap<>();
    for (Received message : messages) {
      byBroker.computeIfAbsent(message.broker(), absent -> new ArrayList<>()).add(message);
    }
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    byBroker.forEach(
        (broker, of) -> {
          for (int from = 0; from < of.size(); from += MOST) {
            List<Received> some = of.subList(from, Math.min(of.size(), from + MOST));
            ends.add(new Attempt(broker, some).settleAndGo());
          }
        });
    return CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new));
  }

  /** Some messages of one broker, until they are acknowledged or lost. */
  private final class Attempt {
    private final String broker;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    private List<Received> open;

    private Attempt(String broker, List<Received> messages) {
      this.broker = broker;
      this.open = messages;
    }

    /** A receipt that is about to be replaced would not count. */
    CompletableFuture<Void> settleAndGo() {
      CompletableFuture.allOf(
              open.stream().map(Received::settled).toArray(CompletableFuture<?>[]::new))
          .thenRun(this::go);
      return end;
    }

    private void go() {
      calls
          .acknowledge(proxies.apply(broker), clientId, open)
          .whenComplete(
              (answer, failure) -> {
                if (answer != null) {
                  open = refused(answer);
                }
                if (open.isEmpty()) {
                  end.complete(null);
                } else {
                  goAgain();
                }
              });
    }

    private List<Received> refused(AckMessageResponse answer) {
      if (answer.getEntriesCount() != open.size()) {
        return answer.getStatus().getCode() == Code.OK ? List.of() : open;
      }
      // A proxy that acknowledges in batches answers in an order of its own.
      Set<String> refused =
          answer.getEntriesList().stream()
              .filter(entry -> !isSettled(entry.getStatus().getCode()))
              .map(AckMessageResultEntry::getMessageId)
              .collect(Collectors.toSet());
      List<Received> again =
          open.stream().filter(message -> refused.contains(message.messageId())).toList();
      // Nobody knows whom an answer means that names none of them; to acknowledge twice is
      // harmless.
      return again.size() < refused.size() ? open : again;
    }

    private static boolean isSettled(Code code) {
      return code == Code.OK || code == Code.INVALID_RECEIPT_HANDLE;
    }

    private void goAgain() {
      long now = scheduler.nanoTime();
      open = open.stream().filter(message -> message.visibleIn(now) > 0).toList();
      if (open.isEmpty()) {
        log.warn("messages of broker {} could not be acknowledged and may come again", broker);
        end.complete(null);
        return;
      }
      scheduler.after(backoff.next(), this::go);
    }
  }
}
