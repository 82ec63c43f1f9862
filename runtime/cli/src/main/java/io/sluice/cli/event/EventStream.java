package io.sluice.cli.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.cli.CommandError;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * JSON values, one after the other or in one list, read as they are asked for: the events of a
 * file. For one thread.
 */
public final class EventStream implements Iterator<JsonNode>, AutoCloseable {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final String name;
  private final MappingIterator<JsonNode> values;

  /**
   * @param name of the content in errors
   */
  public EventStream(String name, InputStream content) {
    this.name = name;
    try {
      this.values = MAPPER.readerFor(JsonNode.class).readValues(content);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Opens a file.
   *
   * @throws SluiceException {@code command.event-file-unreadable}
   */
  public static EventStream open(Path file) {
    try {
      return new EventStream(file.toString(), Files.newInputStream(file));
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /**
   * @throws SluiceException if the file cannot be read on
   */
  @Override
  public boolean hasNext() {
    try {
      return values.hasNextValue();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * @throws SluiceException {@code command.event-file-invalid} at the place of what is no JSON
   */
  @Override
  public JsonNode next() {
    try {
      return values.nextValue();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private SluiceException failure(IOException cause) {
    if (!(cause instanceof JsonProcessingException malformed)) {
      return unreadable(name, cause);
    }
    int line = malformed.getLocation() == null ? 1 : malformed.getLocation().getLineNr();
    int column = malformed.getLocation() == null ? 1 : malformed.getLocation().getColumnNr();
    return new SluiceException(
        CommandError.EVENT_FILE_INVALID,
        "This is not JSON: " + malformed.getOriginalMessage(),
        new Location.InFile(name, Math.max(1, line), Math.max(1, column)));
  }

  private static SluiceException unreadable(String name, IOException cause) {
    return new SluiceException(
        CommandError.EVENT_FILE_UNREADABLE,
        "The event file cannot be read"
            + (cause instanceof NoSuchFileException ? ": there is no such file." : "."),
        new Location.Named(name),
        CommandError.EVENT_FILE_UNREADABLE.remedy(),
        cause);
  }

  @Override
  public void close() {
    try {
      values.close();
    } catch (IOException e) {
      // Nothing was written.
    }
  }
}
