package io.sluice.sdk.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.sink.TargetPosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static Ledger at(long position) {
    return new Ledger(new ResumePoint(new Position(position), Optional.empty()));
  }

  private static Optional<TargetPosition> target(long next) {
    return Optional.of(new TargetPosition("t/b/0", next));
  }

  @Test
  void commitsNothingBeforeTheLowestOpenRange() { // I1
    Ledger ledger = at(5);
    ledger.opened(new Position(5), new Position(8));
    ledger.opened(new Position(8), new Position(9));

    ledger.done(new Position(9), target(100));

    assertThat(ledger.committed().offset()).isEqualTo(5);
    assertThat(ledger.isIdle()).isFalse();
  }

  @Test
  void jumpsOverEverythingThatIsDone() {
    Ledger ledger = at(5);
    ledger.opened(new Position(5), new Position(8));
    ledger.opened(new Position(8), new Position(9));
    ledger.done(new Position(9), target(100));

    ledger.done(new Position(8), target(99));

    assertThat(ledger.resumePoint()).isEqualTo(new ResumePoint(new Position(9), target(100)));
    assertThat(ledger.isIdle()).isTrue();
  }

  @Test
  void keepsTheTargetOfTheLastRangeThatStoredAnything() {
    Ledger ledger = at(0);
    ledger.opened(new Position(0), new Position(4));
    ledger.opened(new Position(4), new Position(8));
    ledger.done(new Position(4), target(17));
    ledger.done(new Position(8), Optional.empty());

    assertThat(ledger.resumePoint()).isEqualTo(new ResumePoint(new Position(8), target(17)));
  }

  @Test
  void keepsTheLandmarkOfTheLastRangeThatLeftOne() {
    Ledger ledger = at(0);
    ledger.opened(new Position(0), new Position(4), Optional.of(new Landmark("3")));
    ledger.opened(new Position(4), new Position(8));
    ledger.done(new Position(8), Optional.empty());
    assertThat(ledger.resumePoint().landmark()).isEmpty();

    ledger.done(new Position(4), Optional.empty());
    assertThat(ledger.resumePoint().landmark()).contains(new Landmark("3"));
  }

  @Test
  void forgetsTheLandmarkOfAnotherIncarnation() {
    Ledger ledger =
        new Ledger(
            new ResumePoint(new Position(5), Optional.empty(), Optional.of(new Landmark("4"))));
    ledger.opened(new Position(5), new Position(1, 0));
    ledger.done(new Position(1, 0), Optional.empty());

    assertThat(ledger.resumePoint().landmark()).isEmpty();
  }

  @Test
  void refusesHolesAndRepetitions() {
    Ledger ledger = at(0);
    ledger.opened(new Position(0), new Position(4));

    assertThatThrownBy(() -> ledger.opened(new Position(5), new Position(6)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ledger.done(new Position(3), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    ledger.opened(new Position(4), new Position(6));
    ledger.done(new Position(6), Optional.empty());
    assertThatThrownBy(() -> ledger.done(new Position(6), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void doesNotTakeTheTargetForShorterThanItWasWhenALateRangeWasDone() {
    Ledger ledger = at(0);
    ledger.opened(new Position(0), new Position(5));
    ledger.opened(new Position(5), new Position(9));

    ledger.done(new Position(9), Optional.of(new TargetPosition("target", 8)));
    ledger.done(new Position(5), Optional.of(new TargetPosition("target", 9)));

    assertThat(ledger.committed()).isEqualTo(new Position(9));
    assertThat(ledger.resumePoint().target()).contains(new TargetPosition("target", 9));
  }

  @Test
  void neverMovesBackwardsWhateverTheOrder() { // I2
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Ledger ledger = at(0);
      List<Integer> ends = new ArrayList<>();
      int end = 0;
      for (int range = 0; range < 20; range++) {
        int next = end + 1 + random.nextInt(5);
        ledger.opened(new Position(end), new Position(next));
        ends.add(next);
        end = next;
      }
      List<Integer> order = new ArrayList<>(ends);
      Collections.shuffle(order, random);
      long before = 0;
      for (int index = 0; index < order.size(); index++) {
        ledger.done(new Position(order.get(index)), Optional.empty());
        long now = ledger.committed().offset();
        List<Integer> open = order.subList(index + 1, order.size());
        long lowestOpen =
            open.stream().mapToLong(e -> e).min().stream()
                .map(e -> ends.indexOf((int) e) == 0 ? 0 : ends.get(ends.indexOf((int) e) - 1))
                .findFirst()
                .orElse(end);
        assertThat(now).as("seed %d", seed).isGreaterThanOrEqualTo(before).isEqualTo(lowestOpen);
        before = now;
      }
    }
  }
}
