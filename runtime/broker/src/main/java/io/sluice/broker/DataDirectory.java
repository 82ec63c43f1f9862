package io.sluice.broker;

import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one broker, held by a file lock as long as it is open. The lock ends with the
 * process, however that ends.
 */
final class DataDirectory implements AutoCloseable {
  private final Path root;
  private final FileChannel lock;

  private DataDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /** Creates the folder if needed and takes it. */
  static DataDirectory open(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root);
      FileChannel channel =
          FileChannel.open(
              root.resolve("broker.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isTaken(channel)) {
        channel.close();
        throw new SluiceException(
            BrokerError.DATA_DIR_IN_USE, "Another broker works in the data directory", at(root));
      }
      return new DataDirectory(root, channel);
    } catch (IOException failure) {
      throw new SluiceException(
          BrokerError.DATA_DIR_UNWRITABLE,
          "The data directory cannot be written: " + failure,
          at(root),
          BrokerError.DATA_DIR_UNWRITABLE.remedy(),
          failure);
    }
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock taken = channel.tryLock();
      return taken != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static Location at(Path root) {
    return new Location.Named(root.toString());
  }

  Path root() {
    return root;
  }

  /** Messages, indexes, and what the broker knows of topics and groups. */
  Path store() {
    return root.resolve("store");
  }

  Path nameServer() {
    return root.resolve("namesrv");
  }

  Path logs() {
    return root.resolve("logs");
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException nothingLeftToDo) {
      // The lock ends with the process.
    }
  }
}
