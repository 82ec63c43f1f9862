package io.sluice.engine.store;

import io.sluice.engine.error.EngineError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The lock on a store's directory: the operating system's, so that it ends with its process however
 * that ends. Taken before anything else there is touched.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "checkpoints.lock";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  static DirectoryLock take(Path directory) {
    try {
      FileChannel channel =
          FileChannel.open(
              directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isLocked(channel)) {
        return new DirectoryLock(channel);
      }
      channel.close();
    } catch (IOException failure) {
      throw StoreFailure.of(directory, failure, EngineError.STORE_UNWRITABLE);
    }
    throw StoreFailure.of(
        EngineError.STORE_LOCKED, directory, "another process has the checkpoint store open");
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException ours) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }
}
