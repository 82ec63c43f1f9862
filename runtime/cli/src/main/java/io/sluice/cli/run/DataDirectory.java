package io.sluice.cli.run;

import io.sluice.cli.CommandError;
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
 * The folder in which a run keeps what must outlive it, locked against a second run for as long as
 * this is open.
 *
 * <p>It holds {@code store} (checkpoints), {@code brokers} (one folder per integrated broker) and
 * {@code logs}. The operating system gives the lock back when the process dies.
 */
public final class DataDirectory implements AutoCloseable {
  private final Path root;
  private final FileChannel lockFile;

  private DataDirectory(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  /**
   * Creates what is missing and takes the lock.
   *
   * @throws SluiceException if it is in use or cannot be written
   */
  public static DataDirectory open(Path path) {
    Path root = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root.resolve("logs"));
      Files.createDirectories(root.resolve("brokers"));
      FileChannel file =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(file) == null) {
        file.close();
        throw new SluiceException(
            CommandError.DATA_DIRECTORY_IN_USE,
            "Another sluice run works in this data directory.",
            new Location.Named(path.toString()));
      }
      return new DataDirectory(root, file);
    } catch (IOException e) {
      throw new SluiceException(
          CommandError.DATA_DIRECTORY_UNUSABLE,
          "The data directory cannot be created or written: " + e.getMessage() + ".",
          new Location.Named(path.toString()),
          CommandError.DATA_DIRECTORY_UNUSABLE.remedy(),
          e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held within this very process
    }
  }

  /** Where checkpoints are stored. */
  public Path store() {
    return root.resolve("store");
  }

  /** Where logs are written. Exists. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** Where integrated brokers have their folders. Exists. */
  public Path brokers() {
    return root.resolve("brokers");
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      // The lock is gone with the process at the latest.
    }
  }
}
