package io.sluice.broker;

import java.util.concurrent.TimeUnit;

/**
 * Cuts short the pauses that RocketMQ 5.5.0 makes when it ends, 3 s in the message store and 2 s in
 * the service that merges pops. They stand for "by now, nobody writes any more"; {@link
 * Controller#stop} has made sure of that.
 *
 * <p>A thread is interrupted only while it sleeps in exactly these methods.
 */
final class ShutdownNaps {
  private static final long POLL_MILLIS = 10;

  /** Name of the thread on which a broker is ended. */
  static final String STOPPING_THREAD = "stop";

  private static final String STORE = "org.apache.rocketmq.store.DefaultMessageStore";
  private static final String POP = "org.apache.rocketmq.broker.processor.PopBufferMergeService";

  private final BrokerThreads threads;
  private volatile boolean over;

  private ShutdownNaps(BrokerThreads threads) {
    this.threads = threads;
  }

  /** Watches a broker's threads until closed. */
  static ShutdownNaps cutShort(BrokerThreads threads) {
    ShutdownNaps naps = new ShutdownNaps(threads);
    Thread watcher = new Thread(naps::watch, "sluice-broker-shutdown-naps");
    watcher.setDaemon(true);
    watcher.start();
    return naps;
  }

  private void watch() {
    try {
      while (!over) {
        threads.alive().stream().filter(ShutdownNaps::naps).forEach(Thread::interrupt);
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean naps(Thread thread) {
    String name = thread.getName();
    if (thread.getState() != Thread.State.TIMED_WAITING
        || !(name.equals(STOPPING_THREAD) || POP.endsWith(name))) {
      return false;
    }
    StackTraceElement[] stack = thread.getStackTrace();
    int caller = 0;
    while (caller < stack.length && stack[caller].getClassName().equals(Thread.class.getName())) {
      caller++;
    }
    if (caller == 0 || caller == stack.length) {
      return false;
    }
    String method = stack[caller].getMethodName();
    return switch (stack[caller].getClassName()) {
      case STORE -> method.equals("shutdown");
      case POP -> method.equals("run");
      default -> false;
    };
  }

  /** The broker has ended. */
  void close() {
    over = true;
  }
}
