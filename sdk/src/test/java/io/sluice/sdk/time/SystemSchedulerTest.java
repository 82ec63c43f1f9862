package io.sluice.sdk.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemSchedulerTest {
  private final SystemScheduler scheduler = new SystemScheduler("test", 1);

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  void runsTasksOnNamedDaemonThreads() throws InterruptedException {
    SynchronousQueue<Thread> threads = new SynchronousQueue<>();

    scheduler.execute(() -> handOver(threads, Thread.currentThread()));

    Thread thread = threads.poll(10, TimeUnit.SECONDS);
    assertThat(thread.getName()).isEqualTo("test-1");
    assertThat(thread.isDaemon()).isTrue();
  }

  @Test
  void runsATaskNotBeforeItsTime() throws InterruptedException {
    SynchronousQueue<Long> ran = new SynchronousQueue<>();
    long begin = scheduler.nanoTime();

    scheduler.after(Duration.ofMillis(30), () -> handOver(ran, scheduler.nanoTime()));

    assertThat(ran.poll(10, TimeUnit.SECONDS) - begin)
        .isGreaterThanOrEqualTo(Duration.ofMillis(30).toNanos());
  }

  @Test
  void doesNotRunACancelledTask() throws InterruptedException {
    AtomicBoolean ran = new AtomicBoolean();
    CountDownLatch later = new CountDownLatch(1);

    scheduler.after(Duration.ofMillis(10), () -> ran.set(true)).cancel();
    scheduler.after(Duration.ofMillis(20), later::countDown);

    assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).isFalse();
  }

  @Test
  void survivesATaskThatFails() throws InterruptedException {
    CountDownLatch later = new CountDownLatch(1);

    scheduler.execute(
        () -> {
          throw new IllegalStateException("a bug");
        });
    scheduler.execute(later::countDown);

    assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void dropsTasksOnceItIsClosed() {
    scheduler.close();

    scheduler.execute(() -> {});
    scheduler.after(Duration.ofMillis(1), () -> {}).cancel();
  }

  private static <T> void handOver(SynchronousQueue<T> queue, T value) {
    try {
      queue.put(value);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
