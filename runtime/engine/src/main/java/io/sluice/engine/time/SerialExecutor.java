package io.sluice.engine.time;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Runs tasks one after another, in order, on whatever threads another executor has. What only its
 * tasks touch needs no lock.
 */
public final class SerialExecutor implements Executor {
  private final Executor threads;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean busy;

  public SerialExecutor(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (waiting) {
      waiting.add(task);
      if (busy) {
        return;
      }
      busy = true;
    }
    threads.execute(this::runNext);
  }

  /** One task at a time, so that no flow keeps a thread from the others. */
  private void runNext() {
    Runnable task;
    synchronized (waiting) {
      task = waiting.remove();
    }
    try {
      task.run();
    } finally {
      boolean more;
      synchronized (waiting) {
        more = !waiting.isEmpty();
        busy = more;
      }
      if (more) {
        threads.execute(this::runNext);
      }
    }
  }
}
