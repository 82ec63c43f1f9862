package io.sluice.cli.message;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Messages made up for a trial: numbered, then filled to their size. For one thread. */
public final class GeneratedMessages implements Iterator<OutgoingMessage> {
  private final long count;
  private final int size;
  private long made;

  /**
   * @param count how many
   * @param size bytes of each body
   */
  public GeneratedMessages(long count, int size) {
    this.count = count;
    this.size = size;
  }

  @Override
  public boolean hasNext() {
    return made < count;
  }

  @Override
  public OutgoingMessage next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    made++;
    return new OutgoingMessage(Optional.empty(), Optional.empty(), Map.of(), body());
  }

  private byte[] body() {
    byte[] start = ("message " + made + " ").getBytes(StandardCharsets.US_ASCII);
    byte[] body = new byte[size];
    for (int i = 0; i < size; i++) {
      body[i] = i < start.length ? start[i] : (byte) ('a' + i % 26);
    }
    return body;
  }
}
