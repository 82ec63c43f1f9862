package io.sluice.camel.message;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of headers that carry the parts of a record, and those that records must not set. */
public final class Headers {
  /** Keys of the record, separated by spaces. */
  public static final String KEYS = "SluiceKeys";

  /** Tag of the record. */
  public static final String TAG = "SluiceTag";

  /** Topic of the record. */
  static final String TOPIC = "SluiceTopic";

  /** Partition of the source from which the record comes. */
  static final String PARTITION = "SluicePartition";

  /** Position in the partition. */
  static final String POSITION = "SluicePosition";

  /** When the sender made the record: ISO-8601, in UTC. */
  static final String BORN_AT = "SluiceBornAt";

  /**
   * Camel and its components take orders from headers: where to send, what to call a file, as whom
   * to log in. Whoever made a record must not give any.
   */
  private static final Pattern ORDERS =
      Pattern.compile(
          "(camel|sluice|org\\.apache\\.|kafka\\.|jms|proxy-).*|(authorization|cookie|host)");

  private Headers() {}

  /** Whether a user property may become a header of its name. */
  static boolean mayBeSet(String property) {
    return !ORDERS.matcher(property.toLowerCase(Locale.ROOT)).matches();
  }
}
