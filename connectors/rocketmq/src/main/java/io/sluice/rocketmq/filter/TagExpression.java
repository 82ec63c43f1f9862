package io.sluice.rocketmq.filter;

import io.sluice.rocketmq.FormatError;
import io.sluice.rocketmq.stored.StoredCursor;
import io.sluice.rocketmq.stored.StoredMessages;
import io.sluice.sdk.batch.Selection;
import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.rocketmq.common.filter.ExpressionType;

/**
 * Which messages a tag expression lets through: {@code *}, or tags with {@code ||} between them.
 * Immutable.
 *
 * <p>Brokers compare hashes of tags, and let strangers with the same hash pass; this one compares
 * tags, byte by byte. What it understands is what brokers understand ({@code FilterAPI}); what they
 * would take for something else than was meant is an error.
 */
public final class TagExpression implements BrokerFilter {
  private static final String ALL = "*";

  private final Set<String> tags;
  private final byte[][] encodedTags;

  private TagExpression(Set<String> tags) {
    this.tags = tags;
    this.encodedTags =
        tags.stream().map(tag -> tag.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
  }

  /**
   * Reads an expression; a blank one means all, as for brokers.
   *
   * @throws SluiceException {@code rocketmq.bad-tag-expression} for a tag that is missing between
   *     two {@code ||}, {@code *} beside other tags, and a single {@code |}
   */
  public static TagExpression parse(String text) {
    if (text.isBlank() || text.trim().equals(ALL)) {
      return new TagExpression(Set.of());
    }
    Set<String> tags = new LinkedHashSet<>();
    for (String part : text.split("\\|\\|", -1)) {
      String tag = part.trim();
      if (tag.isEmpty()) {
        throw bad(text, "a tag is missing beside '||'");
      }
      if (tag.equals(ALL)) {
        throw bad(text, "'*' stands for all tags and needs no other");
      }
      if (tag.indexOf('|') >= 0) {
        throw bad(text, "a single '|' separates nothing");
      }
      tags.add(tag);
    }
    return new TagExpression(tags);
  }

  private static SluiceException bad(String text, String why) {
    return new SluiceException(
        FormatError.BAD_TAG_EXPRESSION, "Tag expression '" + text + "': " + why, Location.NONE);
  }

  @Override
  public boolean matchesAll() {
    return tags.isEmpty();
  }

  /** The messages whose tag is one of the expression's. */
  @Override
  public Selection select(StoredMessages messages) {
    if (matchesAll()) {
      return Selection.all(messages.count());
    }
    StoredCursor cursor = messages.cursor();
    return Selection.of(
        messages.count(),
        index -> {
          cursor.moveTo(index);
          return cursor.hasTag(encodedTags);
        });
  }

  @Override
  public String type() {
    return ExpressionType.TAG;
  }

  /** The expression as brokers take it: {@code a || b}, each tag once. */
  @Override
  public String text() {
    return matchesAll() ? ALL : String.join(" || ", tags);
  }

  @Override
  public String toString() {
    return text();
  }
}
