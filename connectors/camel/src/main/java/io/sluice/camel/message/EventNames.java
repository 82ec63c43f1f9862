package io.sluice.camel.message;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of an event's attributes, and of the user properties that hold them in the binary mode of
 * CloudEvents over RocketMQ: {@code CE_} and the attribute, but {@code CE_contenttype} for {@code
 * datacontenttype}.
 */
final class EventNames {
  static final String ID = "CE_id";
  static final String SOURCE = "CE_source";
  static final String TYPE = "CE_type";
  static final String SPEC_VERSION = "CE_specversion";

  static final String TIME = "time";
  static final String SUBJECT = "subject";

  /** Extension attributes that hold the keys and the tag of a record. */
  static final String KEYS = "keys";

  static final String TAGS = "tags";

  private static final String PREFIX = "CE_";
  private static final String CONTENT_TYPE_ATTRIBUTE = "datacontenttype";
  private static final String CONTENT_TYPE_PROPERTY = "CE_contenttype";
  private static final Pattern ATTRIBUTE = Pattern.compile("[a-z0-9]+");

  private EventNames() {}

  /** The user property of an attribute. */
  static String property(String attribute) {
    return attribute.equals(CONTENT_TYPE_ATTRIBUTE) ? CONTENT_TYPE_PROPERTY : PREFIX + attribute;
  }

  /** The attribute of a user property; empty if its name cannot be an attribute's. */
  static Optional<String> attribute(String property) {
    if (property.equals(CONTENT_TYPE_PROPERTY)) {
      return Optional.of(CONTENT_TYPE_ATTRIBUTE);
    }
    String name = property.startsWith(PREFIX) ? property.substring(PREFIX.length()) : property;
    return Optional.of(name).filter(text -> ATTRIBUTE.matcher(text).matches());
  }
}
