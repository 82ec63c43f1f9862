package io.sluice.cli.message;

import io.sluice.cli.CommandError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Messages in a file, one JSON object per line, read as they are asked for. Empty lines are passed
 * over. For one thread.
 */
public final class MessageFile implements Iterator<OutgoingMessage>, AutoCloseable {
  private final String name;
  private final BufferedReader reader;
  private int line;
  private @Nullable String next;

  private MessageFile(String name, InputStream content) {
    this.name = name;
    this.reader = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
    advance();
  }

  /**
   * Opens a file.
   *
   * @throws SluiceException if it cannot be read
   */
  public static MessageFile open(Path file) {
    try {
      return new MessageFile(file.toString(), Files.newInputStream(file));
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /** Reads messages from a stream, called by a name in errors. */
  public static MessageFile of(String name, InputStream content) {
    return new MessageFile(name, content);
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  /**
   * The next message.
   *
   * @throws SluiceException if the line is not a message, or the file cannot be read on
   */
  @Override
  public OutgoingMessage next() {
    String text = next;
    if (text == null) {
      throw new NoSuchElementException();
    }
    OutgoingMessage message = MessageLine.parse(text, new Location.InFile(name, line, 1));
    advance();
    return message;
  }

  private void advance() {
    try {
      do {
        next = reader.readLine();
        line++;
      } while (next != null && next.isBlank());
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static SluiceException unreadable(String name, IOException cause) {
    String reason =
        cause instanceof NoSuchFileException ? "there is no such file" : cause.getMessage();
    return new SluiceException(
        CommandError.MESSAGE_FILE_UNREADABLE,
        "The message file cannot be read: " + reason + ".",
        new Location.Named(name),
        CommandError.MESSAGE_FILE_UNREADABLE.remedy(),
        cause);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      // Nothing was written.
    }
  }
}
