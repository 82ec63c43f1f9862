package io.sluice.broker;

import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.store.PutMessageResult;
import org.apache.rocketmq.store.RunningFlags;
import org.apache.rocketmq.store.hook.PutMessageHook;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses writes while the disk has too few free bytes.
 *
 * <p>RocketMQ's own guards go by percent and cannot be raised over 90: they refuse writes on a disk
 * of a terabyte with 100 GB free, and stay silent on a small one that is about to fill. The files
 * of the store are sparse, and writing to a mapped page for which no room is left ends the process;
 * so what is kept free must hold what is mapped.
 *
 * <p>As the first of the store's hooks it runs on the threads that store messages, right before
 * RocketMQ looks at its flags, and sets the flag of the disk.
 */
final class FreeSpace implements PutMessageHook {
  private static final Logger log = LoggerFactory.getLogger(FreeSpace.class);
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path folder;
  private final long minimum;
  private final ToLongFunction<Path> usableBytes;
  private final RunningFlags flags;
  private volatile boolean enough = true;
  private volatile long measuredAt = System.nanoTime();

  FreeSpace(Path folder, long minimum, ToLongFunction<Path> usableBytes, RunningFlags flags) {
    this.folder = folder;
    this.minimum = minimum;
    this.usableBytes = usableBytes;
    this.flags = flags;
  }

  /** Throws unless {@code folder} has twice the minimum: room to start, and some to run. */
  static void require(Path folder, long minimum, ToLongFunction<Path> usableBytes) {
    long usable = usableBytes.applyAsLong(folder);
    if (usable / 2 < minimum) {
      throw new SluiceException(
          BrokerError.DISK_FULL,
          "Only %d MB are free, and a broker needs %d MB to start"
              .formatted(usable >> 20, minimum >> 19),
          new Location.Named(folder.toString()));
    }
  }

  @Override
  public String hookName() {
    return "freeSpace";
  }

  @Override
  public @Nullable PutMessageResult executeBeforePutMessage(MessageExt message) {
    if (System.nanoTime() - measuredAt > PERIOD_NANOS) {
      measure();
    }
    if (enough) {
      flags.getAndMakeDiskOK();
    } else {
      flags.getAndMakeDiskFull();
    }
    return null;
  }

  /** Concurrent calls may measure twice; that does no harm. */
  private void measure() {
    measuredAt = System.nanoTime();
    long usable = usableBytes.applyAsLong(folder);
    boolean now = usable >= minimum;
    if (now != enough) {
      if (now) {
        log.info("{} has {} MB free again: writes are taken", folder, usable >> 20);
      } else {
        log.error("{} has only {} MB free: writes are refused", folder, usable >> 20);
      }
    }
    enough = now;
  }
}
