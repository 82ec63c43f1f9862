package io.sluice.rocketmq.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sdk.error.SluiceException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartPositionTest {

  @ParameterizedTest
  @ValueSource(strings = {"1793491200000", "2026-11-01T00:00:00Z", "2026-11-01T08:00:00+08:00"})
  void readsMillisecondsAndIsoTimes(String text) {
    assertThat(StartPosition.of(ConsumeOffset.CONSUME_FROM_TIMESTAMP, Optional.of(text)))
        .isEqualTo(new StartPosition.At(Instant.parse("2026-11-01T00:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-01", "yesterday", "2026-11-01T00:00:00", "-5", ""})
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(
            () -> StartPosition.of(ConsumeOffset.CONSUME_FROM_TIMESTAMP, Optional.of(text)))
        .isInstanceOf(SluiceException.class)
        .hasMessageContaining("timestamp");
  }

  @Test
  void refusesATimestampThatDoesNotBelong() {
    assertThatThrownBy(
            () -> StartPosition.of(ConsumeOffset.CONSUME_FROM_LAST_OFFSET, Optional.of("1")))
        .hasMessageContaining("CONSUME_FROM_LAST_OFFSET");
    assertThatThrownBy(
            () -> StartPosition.of(ConsumeOffset.CONSUME_FROM_TIMESTAMP, Optional.empty()))
        .hasMessageContaining("missing");
  }
}
