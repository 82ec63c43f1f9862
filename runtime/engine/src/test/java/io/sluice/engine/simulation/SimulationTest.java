package io.sluice.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final int SEEDS = 500;

  @Test // I1, I2, I3, I4, I6, I7
  void keepsTheInvariantsWhateverHappens() {
    Long one = Long.getLong("sluice.seed");
    if (one != null) {
      run(one);
      return;
    }
    // The same ones each time, so that a change is judged by itself; a hunt for new ones is a call
    // with -Dsluice.hunt=5000.
    LongStream.range(0, SEEDS).forEach(SimulationTest::run);
    long fresh = System.nanoTime();
    LongStream.range(fresh, fresh + Long.getLong("sluice.hunt", 0)).forEach(SimulationTest::run);
  }

  @Test
  void repeatsItselfForTheSameSeed() {
    for (long seed = 0; seed < 5; seed++) {
      Plan plan = Plan.of(seed);
      assertThat(new World(seed, plan, new Parts()).run())
          .isEqualTo(new World(seed, plan, new Parts()).run());
    }
  }

  private static void run(long seed) {
    Plan plan = Plan.of(seed);
    try {
      new World(seed, plan, new Parts()).run();
    } catch (Throwable failure) {
      throw new AssertionError(
          "seed "
              + seed
              + ": repeat with mvn -pl runtime/engine -am test -Dtest=SimulationTest"
              + " -Dsurefire.failIfNoSpecifiedTests=false -Dsluice.seed="
              + seed
              + "\n"
              + plan,
          failure);
    }
  }
}
