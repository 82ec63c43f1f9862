package io.sluice.camel.sink;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** Lets so many writes go on at a time, the others wait in order. Thread-safe. */
final class Turns {
  private final Executor executor;

  // Guarded by this.
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private int free;

  /**
   * @param executor runs writes, with as many threads as there are turns
   */
  Turns(int turns, Executor executor) {
    this.free = turns;
    this.executor = executor;
  }

  /** Runs a write when it is its turn, which lasts until {@link #over} is called for it. */
  void take(Runnable write) {
    synchronized (this) {
      if (free == 0) {
        waiting.add(write);
        return;
      }
      free--;
    }
    executor.execute(write);
  }

  /** A turn is over. */
  void over() {
    Runnable next;
    synchronized (this) {
      if (waiting.isEmpty()) {
        free++;
        return;
      }
      next = waiting.remove();
    }
    executor.execute(next);
  }
}
