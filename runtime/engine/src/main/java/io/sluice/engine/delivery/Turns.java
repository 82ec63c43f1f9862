package io.sluice.engine.delivery;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * How many writes of a flow may be under way at the same time: {@code maximumTasks}. Who comes
 * first has the next turn. Thread-safe.
 */
public final class Turns {
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int free;

  /**
   * @param most at least 1
   */
  public Turns(int most) {
    this.free = most;
  }

  /**
   * Asks for a turn, to be {@link #end ended} once it was given.
   *
   * @param begin called when it is given: inside this call, or by whoever ends a turn
   */
  public void take(Runnable begin) {
    synchronized (this) {
      if (free == 0) {
        waiting.add(begin);
        return;
      }
      free--;
    }
    begin.run();
  }

  /** A turn is over. */
  public void end() {
    Runnable next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        free++;
        return;
      }
    }
    next.run();
  }
}
