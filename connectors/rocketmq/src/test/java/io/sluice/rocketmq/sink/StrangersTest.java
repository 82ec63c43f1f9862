package io.sluice.rocketmq.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.ManualClock;
import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.sink.Neighbours.Range;
import io.sluice.sdk.batch.Partition;
import io.sluice.sdk.sink.SinkReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which messages of others are looked at. What they are says the test. */
class StrangersTest {
  private static final Queue QUEUE = new Queue("orders", "broker-a", 3);
  private static final Partition PARTITION = new Partition("hangzhou/orders/broker-a/3", 3);
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private final ManualClock clock = new ManualClock();
  private final Neighbours neighbours = new Neighbours();
  private final Neighbours.Share share = neighbours.join("beijing", QUEUE);
  private final List<Range> looks = new ArrayList<>();
  private final Deque<CompletableFuture<Long>> open = new ArrayDeque<>();
  private long duplicates;
  private final Strangers strangers =
      new Strangers(
          QUEUE,
          (queue, from, to, partition) -> {
            looks.add(new Range(from, to));
            CompletableFuture<Long> answer = new CompletableFuture<>();
            open.add(answer);
            return answer;
          },
          share,
          clock,
          report());

  private SinkReport report() {
    return new SinkReport() {
      @Override
      public void echoes(long records) {
        throw new UnsupportedOperationException("nobody looks for echoes");
      }

      @Override
      public void duplicates(long records) {
        duplicates += records;
      }
    };
  }

  @Test
  void everyGapIsLookedAtOneAfterTheOther() {
    strangers.between(10, 12, PARTITION);
    strangers.between(20, 21, PARTITION);
    assertThat(looks).containsExactly(new Range(10, 12));

    open.remove().complete(0L);
    assertThat(looks).containsExactly(new Range(10, 12), new Range(20, 21));
    open.remove().complete(1L);
    assertThat(duplicates).isEqualTo(1);
  }

  @Test
  void whatFailsIsGivenUpAndTheNextIsLookedAt() {
    strangers.between(10, 12, PARTITION);
    strangers.between(20, 21, PARTITION);
    open.remove().completeExceptionally(new IllegalStateException("no answer"));

    assertThat(looks).containsExactly(new Range(10, 12), new Range(20, 21));
  }

  @Test
  void whatAnotherFlowOfTheProcessHasStoredIsNot() {
    Neighbours.Share other = neighbours.join("beijing", QUEUE);
    for (int number = 0; number < 1_000; number++) {
      strangers.between(number * 10, number * 10 + 9, PARTITION);
      other.store(number * 10, number * 10 + 9); // its answer comes later
      clock.pass(SETTLED);
    }
    assertThat(looks).isEmpty();

    strangers.between(20_000, 20_009, PARTITION);
    other.store(20_000, 20_004);
    clock.pass(SETTLED);
    assertThat(looks).containsExactly(new Range(20_004, 20_009));
    open.remove().complete(5L);
    assertThat(duplicates).isEqualTo(5);
  }

  @Test
  void itEndsWhereOnlyOthersAreFound() {
    for (int number = 0; number < 150; number++) {
      strangers.between(number * 10, number * 10 + 9, PARTITION);
      while (!open.isEmpty()) {
        open.remove().complete(0L);
      }
    }

    assertThat(looks).hasSize(100);
  }
}
