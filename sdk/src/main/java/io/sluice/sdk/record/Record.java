package io.sluice.sdk.record;

import io.sluice.sdk.batch.Position;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * One message or event, viewed. Nothing is decoded before it is asked for, and asking for one part
 * does not decode the others.
 *
 * <p>A view belongs to one thread and is valid as long as its giver says; {@link #detach} makes a
 * copy that lasts.
 */
public interface Record {

  /** Place in the source partition. */
  Position position();

  /** Topic, or what the connector has in its place. */
  String topic();

  /** The message's tag. */
  Optional<String> tag();

  /** The message's keys, as stored: separated by spaces. */
  Optional<String> keys();

  /** A property that the sender's application set. */
  Optional<String> userProperty(String name);

  /**
   * A property that the messaging system set, such as {@code UNIQ_KEY}; tag and keys are among
   * them.
   */
  Optional<String> systemProperty(String name);

  /** Hands over every user property, in stored order. */
  void forEachUserProperty(BiConsumer<String, String> action);

  /** Hands over every system property, in stored order. */
  void forEachSystemProperty(BiConsumer<String, String> action);

  /** The body as its sender gave it, inflated if it travels compressed. Read-only, position 0. */
  ByteBuffer body();

  /** RocketMQ's application flag; 0 where there is none. */
  int flag();

  /** When the sender made it, by the sender's clock. */
  Instant bornAt();

  /** When the source stored it, by the source's clock. */
  Instant storedAt();

  /** A copy that lasts. */
  default DetachedRecord detach() {
    return DetachedRecord.copyOf(this);
  }
}
