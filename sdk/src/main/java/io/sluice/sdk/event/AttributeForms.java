package io.sluice.sdk.event;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Forms that attributes of CloudEvents have beside plain text. */
public final class AttributeForms {
  private AttributeForms() {}

  /** Whether a text is a URI or a relative reference, as {@code source} is. */
  public static boolean isUri(String text) {
    try {
      new URI(text);
      return true;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Whether a text is a time of RFC 3339, as {@code time} is. */
  public static boolean isTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
