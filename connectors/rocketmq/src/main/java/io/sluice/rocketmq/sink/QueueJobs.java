package io.sluice.rocketmq.sink;

import io.sluice.rocketmq.client.Serial;
import io.sluice.rocketmq.route.Queue;
import io.sluice.sdk.sink.WriteResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done with one target queue, one job after the other, in the order in which they
 * were added (I4). Each is answered, whatever happens: otherwise the queue would be occupied for
 * ever. Thread-safe.
 */
final class QueueJobs {
  private static final Logger log = LoggerFactory.getLogger(QueueJobs.class);

  private final Queue queue;
  private final Serial serial = new Serial(this::broken);
  private final Deque<Job> jobs = new ArrayDeque<>();
  private boolean busy;

  QueueJobs(Queue queue) {
    this.queue = queue;
  }

  /** Something that occupies the queue until it is answered by {@link QueueJobs#finish}. */
  interface Job {
    CompletableFuture<WriteResult> result();

    /** The first step. */
    void run();

    /** The answer when a step ends with an exception that it does not know. */
    WriteResult failed(RuntimeException bug);
  }

  /**
   * Adds a job.
   *
   * @param job makes it, with the result that it is to have
   */
  CompletableFuture<WriteResult> add(Function<CompletableFuture<WriteResult>, Job> job) {
    CompletableFuture<WriteResult> result = new CompletableFuture<>();
    serial.execute(
        () -> {
          jobs.add(job.apply(result));
          next();
        });
    return result;
  }

  /** Runs something between two steps of jobs. */
  void between(Runnable task) {
    serial.execute(task);
  }

  /** A further step of the job that occupies the queue. */
  void step(Job job, Runnable step) {
    serial.execute(() -> guarded(job, step));
  }

  /** Answers the job that occupies the queue. Within one of its steps. */
  void finish(Job job, WriteResult answer) {
    busy = false;
    job.result().complete(answer);
    next();
  }

  private void next() {
    while (!busy && !jobs.isEmpty()) {
      busy = true;
      Job job = jobs.remove();
      guarded(job, job::run);
    }
  }

  private void guarded(Job job, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException bug) {
      log.error("writing {} failed", queue, bug);
      finish(job, job.failed(bug));
    }
  }

  private void broken(RuntimeException failure) {
    log.error("writing {} failed", queue, failure);
  }
}
