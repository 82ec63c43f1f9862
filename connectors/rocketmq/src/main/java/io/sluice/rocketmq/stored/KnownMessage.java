package io.sluice.rocketmq.stored;

import io.sluice.sdk.source.Landmark;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By what a message of a queue is known again. No other message that ever lies at its offset has
 * the same mark.
 *
 * @param offset its queue offset
 * @param mark when its broker stored it, or its unique key, which its copies have too
 */
public record KnownMessage(long offset, Mark mark) {
  private static final String UNIQUE_KEY = "UNIQ_KEY";
  private static final Pattern LANDMARK = Pattern.compile("(\\d{1,18})(?:@(\\d{1,18})|#(.+))");

  /** What tells a message from others. */
  public sealed interface Mark {
    /** When the broker stored it, in milliseconds. */
    record StoredAt(long millis) implements Mark {
      @Override
      public String toString() {
        return "@" + millis;
      }
    }

    /** The key that its producer gave it. */
    record UniqueKey(String key) implements Mark {
      @Override
      public String toString() {
        return "#" + key;
      }
    }
  }

  /** The last message of a chunk. */
  public static KnownMessage last(StoredChunk messages) {
    return new KnownMessage(messages.lastOffset(), new Mark.StoredAt(messages.lastStoredMillis()));
  }

  /**
   * The message at an offset of the source of which the cursor shows a copy, unless that has no
   * key.
   */
  public static Optional<KnownMessage> copied(long offset, StoredCursor copy) {
    return copy.systemProperty(UNIQUE_KEY)
        .filter(key -> key.length() <= Landmark.LONGEST / 2 && !key.isEmpty())
        .map(key -> new KnownMessage(offset, new Mark.UniqueKey(key)));
  }

  /** What a landmark of {@link #landmark} says; nothing if it is another source's. */
  public static Optional<KnownMessage> of(Landmark landmark) {
    Matcher text = LANDMARK.matcher(landmark.text());
    if (!text.matches()) {
      return Optional.empty();
    }
    Mark mark =
        text.group(2) != null
            ? new Mark.StoredAt(Long.parseLong(text.group(2)))
            : new Mark.UniqueKey(text.group(3));
    return Optional.of(new KnownMessage(Long.parseLong(text.group(1)), mark));
  }

  public Landmark landmark() {
    return new Landmark(offset + mark.toString());
  }

  /** Whether it is the first message of a chunk. */
  public boolean isFirstOf(StoredChunk messages) {
    return messages.firstOffset() == offset && mark.equals(markLikeMine(messages));
  }

  private Mark markLikeMine(StoredChunk messages) {
    if (mark instanceof Mark.StoredAt) {
      return new Mark.StoredAt(messages.firstStoredMillis());
    }
    StoredCursor cursor = StoredMessages.of(List.of(messages)).cursor();
    cursor.advance();
    return new Mark.UniqueKey(cursor.systemProperty(UNIQUE_KEY).orElse(""));
  }
}
