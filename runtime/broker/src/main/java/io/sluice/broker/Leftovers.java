package io.sluice.broker;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.common.ServiceThread;
import org.jspecify.annotations.Nullable;

/**
 * Ends at once the threads that RocketMQ 5.5.0 ends late or never, and to which it gives no access:
 *
 * <ul>
 *   <li>Netty's event loops, which linger for two seconds, and the thread that reports a server's
 *       connections, which is waited for, three seconds at most, once per server and client;
 *   <li>the scheduler of a server, which runs on forever;
 *   <li>the timer that flushes the store's RocksDB every five minutes, which runs on too, keeps the
 *       process alive, and flushes a database that is closed: in native code, memory that belongs
 *       to somebody else.
 * </ul>
 *
 * <p>They are found by type among an object's fields, private ones included.
 */
final class Leftovers {
  private static final long CLOSE_MILLIS = 500;

  private Leftovers() {}

  /** Tells every service thread and executor that the object owns to end. */
  static void end(Object owner) {
    for (ServiceThread service : owned(owner, ServiceThread.class)) {
      service.shutdown(true);
    }
    // Connections are closed by the event loops, and call the other executors when they are.
    for (EventLoopGroup eventLoops : owned(owner, EventLoopGroup.class)) {
      eventLoops
          .shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
          .awaitUninterruptibly(CLOSE_MILLIS);
    }
    for (ExecutorService executor : owned(owner, ExecutorService.class)) {
      if (executor instanceof EventExecutorGroup group) {
        group.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
      } else if (executor instanceof ScheduledExecutorService scheduler) {
        scheduler.shutdownNow();
      } else {
        executor.shutdown();
      }
    }
  }

  /** Makes the schedulers that the object owns end without the tasks whose time has not come. */
  static void dropDelayedTasks(Object owner) {
    for (ScheduledExecutorService scheduler : owned(owner, ScheduledExecutorService.class)) {
      if (scheduler instanceof ScheduledThreadPoolExecutor pool) {
        pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
      }
    }
  }

  /** What an object holds of a type, in fields of its class and all classes above. */
  static <T> List<T> owned(Object owner, Class<T> type) {
    List<T> found = new ArrayList<>();
    for (Class<?> c = owner.getClass(); c != null && c != Object.class; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (type.isAssignableFrom(field.getType())) {
          @Nullable Object value = read(field, owner);
          if (value != null) {
            found.add(type.cast(value));
          }
        }
      }
    }
    return found;
  }

  private static @Nullable Object read(Field field, Object owner) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (IllegalAccessException contradicted) {
      throw new IllegalStateException(contradicted);
    }
  }
}
