package io.sluice.cli;

import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that the command writes for the user: never over one that exists. */
record NewFile(Path file) {

  /**
   * Writes it; missing folders are created.
   *
   * @throws SluiceException {@code command.file-exists}, {@code command.file-not-written}
   */
  void write(byte[] content) {
    if (Files.exists(file)) {
      throw exists();
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
      Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException meanwhile) {
      throw Files.isRegularFile(file) ? exists() : unwritable(meanwhile);
    } catch (IOException unwritable) {
      throw unwritable(unwritable);
    }
  }

  private SluiceException unwritable(IOException cause) {
    return new SluiceException(
        CommandError.FILE_NOT_WRITTEN,
        file + " cannot be written: " + cause,
        Location.NONE,
        CommandError.FILE_NOT_WRITTEN.remedy(),
        cause);
  }

  private SluiceException exists() {
    return new SluiceException(
        CommandError.FILE_EXISTS, file + " exists, and stays as it is", Location.NONE);
  }
}
