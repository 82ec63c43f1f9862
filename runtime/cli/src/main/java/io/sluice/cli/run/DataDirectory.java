package io.sluice.cli.run;

import io.sluice.cli.CommandError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which a run keeps what must outlive it, locked against a second run for as long as
 * this is open.
 *
 * <p>It holds {@code store} (checkpoints), {@code brokers} (one folder per integrated broker),
 * {@code logs} and {@code runtime} (its name). The operating system gives the lock back when the
 * process dies.
 */
public final class DataDirectory implements AutoCloseable {
  private static final Pattern RUNTIME = Pattern.compile("[0-9a-f-]{36}");

  private final Path root;
  private final FileChannel lockFile;
  private final String runtime;

  private DataDirectory(Path root, FileChannel lockFile, String runtime) {
    this.root = root;
    this.lockFile = lockFile;
    this.runtime = runtime;
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
      return new DataDirectory(root, file, runtime(root.resolve("runtime")));
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

  /** The name in a file, or a new one if there is none that can be read. */
  private static String runtime(Path file) throws IOException {
    if (Files.exists(file)) {
      String known = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
      if (RUNTIME.matcher(known).matches()) {
        return known;
      }
    }
    String young = UUID.randomUUID().toString();
    Files.writeString(file, young + "\n");
    return young;
  }

  /**
   * Names the runtime that works on this data. Flows that are shared by several runtimes know it by
   * that: what it held when it died is its own again at once.
   */
  public String runtime() {
    return runtime;
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
