package io.sluice.rocketmq.client;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs tasks one at a time and in order, on the threads that bring them: the caller that finds
 * nobody at work runs its own task and all that arrive meanwhile; any other caller returns at once.
 * State that only such tasks touch needs no lock, and a task that causes another one does not
 * deepen the stack.
 */
public final class Serial implements Executor {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Consumer<RuntimeException> broken;

  /**
   * @param broken told of what a task throws; tasks after it still run
   */
  public Serial(Consumer<RuntimeException> broken) {
    this.broken = broken;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (waiting.getAndIncrement() != 0) {
      return;
    }
    int done = 1;
    do {
      for (int i = 0; i < done; i++) {
        run(tasks.remove());
      }
      done = waiting.addAndGet(-done);
    } while (done != 0);
  }

  /**
   * Runs a task that ends later, and answers how it ended.
   *
   * @return fails with what the task throws, too
   */
  public <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> task) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    execute(
        () -> {
          CompletableFuture<T> end;
          try {
            end = task.get();
          } catch (RuntimeException failure) {
            answer.completeExceptionally(failure);
            return;
          }
          end.whenComplete(
              (value, failure) -> {
                if (failure == null) {
                  answer.complete(value);
                } else {
                  answer.completeExceptionally(failure);
                }
              });
        });
    return answer;
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException failure) {
      broken.accept(failure);
    } catch (Error failure) {
      // Without this, nothing would run here ever again.
      broken.accept(new IllegalStateException(failure));
    }
  }
}
