package io.sluice.sdk.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightTest {

  @Test
  void refusesWhatPassesEitherLimit() { // I6
    InFlight inFlight = new InFlight(new InFlightLimit(10, 1000));

    assertThat(inFlight.tryReserve(5, 500)).isTrue();
    assertThat(inFlight.tryReserve(6, 1)).isFalse();
    assertThat(inFlight.tryReserve(1, 501)).isFalse();
    assertThat(inFlight.tryReserve(5, 500)).isTrue();
    assertThat(inFlight.records()).isEqualTo(10);
    assertThat(inFlight.bytes()).isEqualTo(1000);
  }

  @Test
  void letsOneLargeRecordThroughWhenNothingIsInFlight() {
    InFlight inFlight = new InFlight(new InFlightLimit(10, 1000));

    assertThat(inFlight.tryReserve(1, 5000)).isTrue();
    assertThat(inFlight.tryReserve(1, 1)).isFalse();
    inFlight.release(1, 5000);
    assertThat(inFlight.tryReserve(1, 1)).isTrue();
  }

  @Test
  void settlesEstimatesByWhatCame() {
    InFlight inFlight = new InFlight(new InFlightLimit(10, 1000));
    inFlight.tryReserve(8, 800);

    inFlight.settle(8, 800, 3, 120);

    assertThat(inFlight.records()).isEqualTo(3);
    assertThat(inFlight.bytes()).isEqualTo(120);
  }
}
