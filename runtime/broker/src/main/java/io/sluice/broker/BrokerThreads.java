package io.sluice.broker;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one broker, told from all others of the process by their thread group: what runs
 * in the group starts its own threads there.
 */
final class BrokerThreads {
  private static final Logger log = LoggerFactory.getLogger(BrokerThreads.class);
  private static final long POLL_MILLIS = 10;

  private final ThreadGroup group;

  BrokerThreads(String broker) {
    group = new ThreadGroup("sluice-broker-" + broker);
  }

  /** Runs a task in the group and waits for its end, whatever interrupts the caller. */
  <T> T call(String threadName, Callable<T> task) throws Exception {
    FutureTask<T> future = new FutureTask<>(task);
    Thread thread = new Thread(group, future, threadName);
    // RocketMQ finds its extensions with the loader of the thread.
    thread.setContextClassLoader(BrokerThreads.class.getClassLoader());
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException later) {
          interrupted = true;
        } catch (ExecutionException failure) {
          throw failure.getCause() instanceof Exception cause ? cause : failure;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Runs a step of the end in the group; its failure must not keep the next step from running. */
  void run(String threadName, Step step) {
    try {
      call(
          threadName,
          () -> {
            step.run();
            return threadName;
          });
    } catch (Exception failure) {
      log.warn("A step of a broker's end failed", failure);
    }
  }

  /** A task that may fail. */
  interface Step {
    void run() throws Exception;
  }

  /** Threads that are alive now. */
  List<Thread> alive() {
    Thread[] threads = new Thread[group.activeCount() * 2 + 16];
    int count = group.enumerate(threads, true);
    return Arrays.stream(threads, 0, count).filter(Objects::nonNull).toList();
  }

  /** Waits until all threads that would keep the process alive have ended, or the time is up. */
  void awaitEnd(long millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean interrupted = false;
    while (alive().stream().anyMatch(BrokerThreads::isOwn) && System.nanoTime() < deadline) {
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Netty has one executor for the whole process, whose thread comes and goes by itself. */
  private static boolean isOwn(Thread thread) {
    return !thread.isDaemon() && !thread.getName().startsWith("globalEventExecutor");
  }
}
