package io.sluice.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.delivery.Backoff;
import io.sluice.engine.delivery.Delivery;
import io.sluice.engine.delivery.DeliveryListener;
import io.sluice.sdk.batch.Batch;
import io.sluice.sdk.error.SluiceException;
import io.sluice.sdk.sink.TargetPosition;
import io.sluice.sdk.time.SystemScheduler;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A batch on its way through the engine's delivery to a server that fails in every way. */
class FaultyPeerTest {
  private static final int RECORDS = 300;
  private static final long SEED =
      Long.getLong("sluice.seed", new Random().nextLong()); // printed below

  private final Random random = new Random(SEED);
  private final List<String> stored = new CopyOnWriteArrayList<>();

  /** Stores a record or not, and answers, whichever of the two it was, as it likes. */
  private synchronized int take(String body) {
    switch (random.nextInt(10)) {
      case 0:
        return 503;
      case 1:
        return failing(body, 500);
      case 2:
        return failing(body, HttpPeer.NO_ANSWER);
      default:
        stored.add(body);
        return 200;
    }
  }

  private int failing(String body, int status) {
    if (random.nextBoolean()) {
      stored.add(body);
    }
    return status;
  }

  @Test
  void getsEveryRecordInOrderButForRepetitions() throws Exception { // I3, I4
    System.out.println("FaultyPeerTest: -Dsluice.seed=" + SEED);
    String[] bodies = IntStream.range(0, RECORDS).mapToObj(i -> "r" + i).toArray(String[]::new);
    Batch batch = Writing.batch(bodies);
    try (HttpPeer peer = HttpPeer.answering(this::take);
        Writing writing = Writing.of("netty-http:" + peer.uri());
        SystemScheduler scheduler = new SystemScheduler("delivery", 2)) {
      Outcome outcome = new Outcome();
      Backoff backoff = Backoff.exponential(Duration.ofMillis(1), Duration.ofMillis(4), () -> 0);
      new Delivery("orders", writing.sink(), batch, scheduler, backoff, outcome).start();

      outcome.end.join();

      assertThat(new LinkedHashSet<>(stored)).containsExactly(bodies);
      assertThat(stored.size() - RECORDS).isLessThanOrEqualTo(outcome.unknown.get());
    }
  }

  private static final class Outcome implements DeliveryListener {
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final AtomicInteger unknown = new AtomicInteger();

    @Override
    public void repeated() {}

    @Override
    public void unknown() {
      unknown.incrementAndGet();
    }

    @Override
    public void troubled(SluiceException reason) {}

    @Override
    public void stored(Optional<TargetPosition> target) {
      end.complete(null);
    }

    @Override
    public void refused(Batch rest, SluiceException reason) {
      end.completeExceptionally(reason);
    }

    @Override
    public void abandoned() {
      end.completeExceptionally(new AssertionError("abandoned"));
    }
  }
}
