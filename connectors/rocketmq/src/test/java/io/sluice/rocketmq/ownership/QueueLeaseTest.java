package io.sluice.rocketmq.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.ManualClock;
import io.sluice.rocketmq.client.Connection;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueLeaseTest {
  private static final Connection FIRST = new Connection("127.0.0.1:10911", 0);
  private static final Connection SECOND = new Connection("127.0.0.1:10911", 1);

  private final ManualClock clock = new ManualClock();
  private Optional<Connection> connection = Optional.of(FIRST);
  private int lapses;
  private final QueueLease lease = new QueueLease(clock, () -> connection, () -> lapses++);

  private void pass(int seconds) {
    clock.pass(Duration.ofSeconds(seconds));
  }

  @Test
  void isNotHeldBeforeTheBrokerGrantsIt() {
    assertThat(lease.isHeld()).isFalse();
    assertThat(lapses).isEqualTo(1);
  }

  @Test
  void isHeldForTwoThirdsOfTheLocksLifeFromBeforeItWasAskedFor() {
    long askedAt = clock.nanoTime();
    pass(5);
    lease.granted(FIRST, askedAt);
    pass(34);
    assertThat(lease.isHeld()).isTrue();
    pass(1);
    assertThat(lease.isHeld()).isFalse();

    lease.granted(FIRST, clock.nanoTime());
    assertThat(lease.isHeld()).isTrue();
  }

  @Test
  void endsWithTheConnectionBecauseARestartedBrokerHasForgottenIt() {
    lease.granted(FIRST, clock.nanoTime());
    connection = Optional.empty();
    assertThat(lease.isHeld()).isFalse();
    connection = Optional.of(SECOND);
    assertThat(lease.isHeld()).isFalse();
    assertThat(lapses).isEqualTo(2);

    lease.granted(SECOND, clock.nanoTime());
    assertThat(lease.isHeld()).isTrue();
  }
}
