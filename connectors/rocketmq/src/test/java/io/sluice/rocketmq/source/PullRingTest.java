package io.sluice.rocketmq.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rocketmq.pull.Pulled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PullRingTest {
  private final PullRing ring = new PullRing(100);

  private static Pulled.Stretch to(long next) {
    return new Pulled.Stretch(Optional.empty(), next, 0, 1_000_000);
  }

  private List<String> pieces() {
    List<String> pieces = new ArrayList<>();
    for (Optional<PullRing.Piece> piece = ring.poll(); piece.isPresent(); piece = ring.poll()) {
      pieces.add(piece.get().first() + "-" + piece.get().next());
    }
    return pieces;
  }

  @Test
  void putsAnswersInOrder() {
    PullRing.Slot first = ring.ask(32, 32, 0);
    PullRing.Slot second = ring.ask(32, 32, 0);
    PullRing.Slot third = ring.ask(32, 32, 0);

    ring.answered(third, to(196));
    ring.answered(second, to(164));
    assertThat(pieces()).isEmpty();
    ring.answered(first, to(132));

    assertThat(pieces()).containsExactly("100-132", "132-164", "164-196");
    assertThat(ring.asked()).isEqualTo(196);
  }

  @Test
  void asksForWhatAShortAnswerLeftOpen() {
    PullRing.Slot first = ring.ask(32, 32, 3200);
    PullRing.Slot second = ring.ask(32, 32, 3200);
    ring.answered(second, to(164));

    PullRing.Slot rest = ring.answered(first, to(108)).rest().orElseThrow();

    assertThat(rest.from()).isEqualTo(108);
    assertThat(rest.count()).isEqualTo(24);
    assertThat(rest.reservedBytes()).isEqualTo(2400);
    assertThat(pieces()).containsExactly("100-108");
    ring.answered(rest, to(132));
    assertThat(pieces()).containsExactly("108-132", "132-164");
  }

  @Test
  void goesOnWhereTheLastAnswerEnds() {
    PullRing.Slot only = ring.ask(32, 32, 0);

    assertThat(ring.answered(only, to(103)).rest()).isEmpty();

    assertThat(pieces()).containsExactly("100-103");
    assertThat(ring.ask(32, 32, 0).from()).isEqualTo(103);
  }

  @Test
  void passesOverAnswersThatBroughtNothing() {
    ring.answered(ring.ask(32, 32, 0), to(100));

    assertThat(pieces()).isEmpty();
    assertThat(ring.isEmpty()).isTrue();
    assertThat(ring.asked()).isEqualTo(100);
  }

  @Test
  void dropsWhatOverlapsAHoleInTheQueue() {
    PullRing.Slot first = ring.ask(32, 32, 0);
    PullRing.Slot second = ring.ask(32, 32, 0);

    ring.answered(first, to(150));

    assertThat(second.isDropped()).isTrue();
    assertThat(pieces()).containsExactly("100-150");
    assertThat(ring.asked()).isEqualTo(150);
  }

  @Test
  void forgetsEverythingAtARestart() {
    PullRing.Slot first = ring.ask(32, 32, 0);
    PullRing.Slot second = ring.ask(32, 32, 0);
    ring.answered(second, to(164));

    List<Pulled.Stretch> unused = ring.restart(100);

    assertThat(unused).hasSize(1);
    assertThat(first.isDropped()).isTrue();
    assertThat(pieces()).isEmpty();
    assertThat(ring.ask(32, 32, 0).from()).isEqualTo(100);
  }

  @Test
  void coversEveryOffsetOnceWhateverTheAnswers() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      PullRing any = new PullRing(0);
      List<PullRing.Slot> open = new ArrayList<>();
      long covered = 0;
      while (covered < 400) {
        if (open.isEmpty() || (open.size() < 6 && random.nextBoolean())) {
          open.add(any.ask(1 + random.nextInt(32), 1, 0));
        } else {
          PullRing.Slot slot = open.remove(random.nextInt(open.size()));
          if (slot.isDropped()) {
            continue;
          }
          long next = slot.from() + 1 + random.nextInt(slot.count());
          if (random.nextInt(20) == 0) {
            next = slot.from() + slot.count() + random.nextInt(10);
          }
          any.answered(slot, to(next)).rest().ifPresent(open::add);
        }
        for (Optional<PullRing.Piece> p = any.poll(); p.isPresent(); p = any.poll()) {
          assertThat(p.get().first()).as("seed %d", seed).isEqualTo(covered);
          covered = p.get().next();
        }
      }
    }
  }
}
