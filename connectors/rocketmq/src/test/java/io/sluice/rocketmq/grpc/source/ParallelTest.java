package io.sluice.rocketmq.grpc.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParallelTest {
  private final Parallel parallel = new Parallel(64);

  @Test
  void growsWhileCallsComeBackFullAndNotForEver() {
    assertThat(parallel.calls()).isEqualTo(4);

    for (int call = 0; call < 100; call++) {
      parallel.got(ConsumerCalls.MOST);
    }

    assertThat(parallel.calls()).isEqualTo(16);
  }

  @Test
  void makesNoMoreCallsThanThereAreQueues() {
    Parallel few = new Parallel(6);

    for (int call = 0; call < 100; call++) {
      few.got(ConsumerCalls.MOST);
    }

    assertThat(few.calls()).isEqualTo(6);
    assertThat(new Parallel(1).calls()).isEqualTo(4);
  }

  @Test
  void staysWhereCallsBringSomething() {
    parallel.got(ConsumerCalls.MOST);
    parallel.got(ConsumerCalls.MOST - 1);

    assertThat(parallel.calls()).isEqualTo(5);
  }

  @Test
  void fallsBackWhenThereIsNothingMore() {
    for (int call = 0; call < 100; call++) {
      parallel.got(ConsumerCalls.MOST);
    }
    parallel.got(0);
    assertThat(parallel.calls()).isEqualTo(8);

    for (int call = 0; call < 100; call++) {
      parallel.got(0);
    }
    assertThat(parallel.calls()).isEqualTo(4);
  }
}
