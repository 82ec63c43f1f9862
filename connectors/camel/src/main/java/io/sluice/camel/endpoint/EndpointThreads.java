package io.sluice.camel.endpoint;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;

/** Threads of an endpoint for Camel's calls that block. */
public final class EndpointThreads {
  private EndpointThreads() {}

  /**
   * A number of threads, named after the flow, started when they are needed. After its shutdown new
   * tasks are dropped.
   */
  public static ExecutorService of(int threads, String flow) {
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        task -> {
          Thread thread = new Thread(task, "sluice-camel-" + flow);
          thread.setDaemon(true);
          return thread;
        },
        new DiscardPolicy());
  }
}
