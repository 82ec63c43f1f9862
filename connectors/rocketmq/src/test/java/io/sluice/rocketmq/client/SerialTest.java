package io.sluice.rocketmq.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SerialTest {
  private final List<RuntimeException> failures = new ArrayList<>();
  private final Serial serial = new Serial(failures::add);

  @Test
  void runsOneTaskAtATimeWhateverTheThreads() throws InterruptedException {
    int threads = 4;
    int each = 20_000;
    long[] count = new long[1];
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    CountDownLatch done = new CountDownLatch(threads * each);
    for (int thread = 0; thread < threads; thread++) {
      executor.execute(
          () -> {
            for (int i = 0; i < each; i++) {
              serial.execute(
                  () -> {
                    count[0]++;
                    done.countDown();
                  });
            }
          });
    }

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    executor.shutdown();
    assertThat(count[0]).isEqualTo((long) threads * each);
  }

  @Test
  void aTaskThatCausesAnotherDoesNotDeepenTheStack() {
    int[] left = {1_000_000};
    Runnable[] task = new Runnable[1];
    task[0] =
        () -> {
          if (--left[0] > 0) {
            serial.execute(task[0]);
          }
        };

    serial.execute(task[0]);

    assertThat(left[0]).isZero();
  }

  @Test
  void goesOnAfterATaskThatThrows() {
    List<String> ran = new ArrayList<>();

    serial.execute(
        () -> {
          throw new IllegalStateException("broken");
        });
    serial.execute(() -> ran.add("next"));

    assertThat(failures).hasSize(1);
    assertThat(ran).containsExactly("next");
  }
}
