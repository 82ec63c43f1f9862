package io.sluice.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  @Test
  void doublesUpToTheLongestWait() {
    Backoff backoff = Backoff.exponential(FIRST, LONGEST, () -> 0);

    assertThat(backoff.after(1)).isEqualTo(FIRST);
    assertThat(backoff.after(2)).isEqualTo(Duration.ofMillis(200));
    assertThat(backoff.after(9)).isEqualTo(Duration.ofMillis(25_600));
    assertThat(backoff.after(10)).isEqualTo(LONGEST);
    assertThat(backoff.after(1_000_000)).isEqualTo(LONGEST);
  }

  @Test
  void isShortenedByUpToAHalf() {
    assertThat(Backoff.exponential(FIRST, LONGEST, () -> 0.5).after(1))
        .isEqualTo(Duration.ofMillis(75));
    assertThat(Backoff.exponential(FIRST, LONGEST, () -> 0.999_999).after(1_000))
        .isEqualTo(Duration.ofSeconds(15));
  }
}
