package io.sluice.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.CommandError;
import io.sluice.engine.FlowState;
import io.sluice.engine.FlowStatus;
import io.sluice.flows.model.EventFlow.DesiredStatus;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class IdleWatchTest {
  private static final SluiceException ERROR =
      new SluiceException(CommandError.NO_ANSWER, "Nobody answers.", Location.NONE);

  private final IdleWatch watch = new IdleWatch(Duration.ofSeconds(5));
  private final Statuses quiet = Statuses.running("orders");
  private long seconds = 1_000;

  @Test
  void isOverAfterTheQuietTime() {
    assertThat(isOver(quiet, 0)).isFalse();
    assertThat(isOver(quiet, 4)).isFalse();
    assertThat(isOver(quiet, 1)).isTrue();
  }

  @Test
  void isOverAtOnceWithoutAQuietTime() {
    assertThat(new IdleWatch(Duration.ZERO).isOver(List.of(quiet.status()), 0)).isTrue();
  }

  @Test
  void anyMovementBeginsTheQuietTimeAnew() {
    isOver(quiet, 0);
    assertThat(isOver(quiet.read(1), 5)).isFalse();
    assertThat(isOver(quiet.read(1), 4)).isFalse();
    assertThat(isOver(quiet.read(1).active(Instant.ofEpochMilli(1)), 1)).isFalse();
    assertThat(isOver(quiet.read(1).active(Instant.ofEpochMilli(1)), 5)).isTrue();
  }

  @Test
  void aFlowWithSomethingToDoHoldsUpTheEnd() {
    for (Statuses busy :
        List.of(
            quiet.inFlight(1),
            quiet.lag(OptionalLong.of(1)),
            quiet.lag(OptionalLong.empty()),
            quiet.in(FlowState.STARTING),
            quiet.in(FlowState.READY),
            quiet.in(FlowState.PAUSED).inFlight(1),
            quiet.trouble(ERROR, true))) {
      isOver(busy, 0);
      assertThat(isOver(busy, 60)).as("%s", busy).isFalse();
    }
  }

  @Test
  void theQuietTimeBeginsWhenTheTroubleEnds() {
    Statuses troubled = quiet.trouble(ERROR, true);
    isOver(troubled, 0);
    assertThat(isOver(troubled.recovered(), 60)).isFalse();
    assertThat(isOver(troubled.recovered(), 5)).isTrue();
  }

  @Test
  void failedAndPausedFlowsDoNotHoldItUp() {
    FlowStatus[] flows = {
      quiet.status(),
      Statuses.running("failed").lag(OptionalLong.of(9)).in(FlowState.RUNNING_FAILED).status(),
      Statuses.running("never-started").in(FlowState.STARTING_FAILED).status(),
      Statuses.running("paused").lag(OptionalLong.of(9)).in(FlowState.PAUSED).status(),
      Statuses.running("kept").wanted(DesiredStatus.PAUSED).in(FlowState.READY).status()
    };
    assertThat(isOver(0, flows)).isFalse();
    assertThat(isOver(5, flows)).isTrue();
  }

  private boolean isOver(Statuses flow, long secondsLater) {
    return isOver(secondsLater, flow.status());
  }

  private boolean isOver(long secondsLater, FlowStatus... flows) {
    seconds += secondsLater;
    return watch.isOver(Arrays.asList(flows), TimeUnit.SECONDS.toNanos(seconds));
  }
}
