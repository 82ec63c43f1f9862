package io.sluice.rocketmq.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.route.Queue;
import io.sluice.rocketmq.route.TopicRoute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final Queue FIRST = new Queue("orders", "broker-a", 0);
  private static final Queue SECOND = new Queue("orders", "broker-b", 0);
  private static final Queue THIRD = new Queue("orders", "broker-b", 1);

  private final Lanes lanes = new Lanes("east", Optional.empty());

  @Test
  void queuesThatAppearGetTheNextLanesAndAreLate() {
    lanes.add(route(SECOND, THIRD));
    lanes.begin();

    assertThat(lanes.add(route(FIRST, SECOND, THIRD))).containsExactly(FIRST);

    assertThat(lane(SECOND)).isZero();
    assertThat(lane(THIRD)).isEqualTo(1);
    assertThat(lane(FIRST)).isEqualTo(2);
    assertThat(List.of(FIRST, SECOND, THIRD)).filteredOn(lanes::isLate).containsExactly(FIRST);
  }

  @Test
  void whatWasToldBeforeTheFlowBeganIsForgotten() {
    lanes.add(route(SECOND));

    assertThat(lanes.add(route(FIRST, SECOND, THIRD))).isEmpty();

    assertThat(lane(FIRST)).isZero();
    assertThat(lane(SECOND)).isEqualTo(1);
    assertThat(lane(THIRD)).isEqualTo(2);
    assertThat(List.of(FIRST, SECOND, THIRD)).noneMatch(lanes::isLate);
  }

  @Test
  void aQueueThatIsTakenWhileAnotherRouteComesHasALane() {
    lanes.add(route(FIRST));
    lanes.add(route(SECOND));

    assertThat(lane(FIRST)).isEqualTo(1);
    lanes.add(route(FIRST, SECOND));
    assertThat(lane(FIRST)).isEqualTo(1);
  }

  private int lane(Queue queue) {
    return lanes.of(queue).lane();
  }

  private static TopicRoute route(Queue... readable) {
    return new TopicRoute(List.of(readable), List.of(), Set.of(), Map.of(), Map.of());
  }
}
