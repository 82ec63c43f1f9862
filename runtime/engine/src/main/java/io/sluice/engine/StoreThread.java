package io.sluice.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one daemon thread on which calls to the store block. */
final class StoreThread implements Executor, AutoCloseable {
  private static final int PATIENCE_SECONDS = 1;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          StoreThread::named,
          new ThreadPoolExecutor.DiscardPolicy());

  private static Thread named(Runnable task) {
    Thread thread = new Thread(task, "sluice-checkpoints");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void execute(Runnable task) {
    thread.execute(task);
  }

  /**
   * Takes no more tasks, and waits a moment for those that it has: never interrupted, because an
   * interrupt in the middle of a write closes the store's file.
   */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
