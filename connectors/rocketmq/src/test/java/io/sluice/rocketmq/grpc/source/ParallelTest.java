package io.sluice.rocketmq.grpc.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParallelTest {
  private static final int MANY = 64;

  private final Parallel parallel = new Parallel();

  @Test
  void growsWhileCallsComeBackFullAndNotForEver() {
    assertThat(parallel.calls(MANY)).isEqualTo(4);

    for (int call = 0; call < 100; call++) {
      parallel.got(ConsumerCalls.MOST);
    }

    assertThat(parallel.calls(MANY)).isEqualTo(16);
  }

  @Test
  void makesNoMoreCallsThanThereAreQueues() {
    for (int call = 0; call < 100; call++) {
      parallel.got(ConsumerCalls.MOST);
    }

    assertThat(parallel.calls(6)).isEqualTo(6);
    assertThat(parallel.calls(1)).isEqualTo(4);
  }

  @Test
  void staysWhereCallsBringSomething() {
    parallel.got(ConsumerCalls.MOST);
    parallel.got(ConsumerCalls.MOST - 1);

    assertThat(parallel.calls(MANY)).isEqualTo(5);
  }

  @Test
  void fallsBackWhenThereIsNothingMore() {
    for (int call = 0; call < 100; call++) {
      parallel.got(ConsumerCalls.MOST);
    }
    parallel.got(0);
    assertThat(parallel.calls(MANY)).isEqualTo(8);

    for (int call = 0; call < 100; call++) {
      parallel.got(0);
    }
    assertThat(parallel.calls(MANY)).isEqualTo(4);
  }
}
