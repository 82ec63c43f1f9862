package io.sluice.engine;

import static io.sluice.engine.FlowState.PAUSED;
import static io.sluice.engine.FlowState.READY;
import static io.sluice.engine.FlowState.RUNNING;
import static io.sluice.engine.FlowState.RUNNING_FAILED;
import static io.sluice.engine.FlowState.STARTING;
import static io.sluice.engine.FlowState.STARTING_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sluice.engine.Lifecycle.Event;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LifecycleTest {
  /** How each state is reached. */
  private static final Map<FlowState, List<Event>> WAYS =
      Map.of(
          READY, List.of(),
          STARTING, List.of(Event.START),
          RUNNING, List.of(Event.START, Event.STARTED),
          PAUSED, List.of(Event.START, Event.STARTED, Event.PAUSE),
          STARTING_FAILED, List.of(Event.START, Event.START_FAILED),
          RUNNING_FAILED, List.of(Event.START, Event.STARTED, Event.FAIL));

  /** Where each event leads; from every other state it leads nowhere. */
  private static final Map<Event, Map<FlowState, FlowState>> EXPECTED =
      Map.of(
          Event.START,
          Map.of(READY, STARTING, STARTING_FAILED, STARTING, RUNNING_FAILED, STARTING),
          Event.STARTED,
          Map.of(STARTING, RUNNING),
          Event.START_FAILED,
          Map.of(STARTING, STARTING_FAILED),
          Event.PAUSE,
          Map.of(RUNNING, PAUSED),
          Event.RESUME,
          Map.of(PAUSED, RUNNING),
          Event.FAIL,
          Map.of(RUNNING, RUNNING_FAILED, PAUSED, RUNNING_FAILED),
          Event.STOP,
          Map.of(STARTING, READY, RUNNING, READY, PAUSED, READY));

  @ParameterizedTest
  @EnumSource(FlowState.class)
  void movesOnlyAsTheTableSays(FlowState state) {
    for (Event event : Event.values()) {
      Lifecycle lifecycle = in(state);
      Optional<FlowState> expected = Optional.ofNullable(EXPECTED.get(event).get(state));

      assertThat(lifecycle.next(event)).as("%s of %s", event, state).isEqualTo(expected);
      if (expected.isPresent()) {
        assertThat(lifecycle.on(event)).isEqualTo(expected.get());
        assertThat(lifecycle.state()).isEqualTo(expected.get());
      } else {
        assertThatIllegalStateException()
            .isThrownBy(() -> lifecycle.on(event))
            .withMessage(event + " of a flow in " + state);
        assertThat(lifecycle.state()).isEqualTo(state);
      }
    }
  }

  @Test
  void isReadyAtFirst() {
    assertThat(new Lifecycle().state()).isEqualTo(READY);
  }

  private static Lifecycle in(FlowState state) {
    Lifecycle lifecycle = new Lifecycle();
    WAYS.get(state).forEach(lifecycle::on);
    return lifecycle;
  }
}
